// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/package_json/checked_json.hpp"
#include "media/package_json/package_json.hpp"

#include <array>
#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::media {

namespace {

constexpr std::size_t kLongestPath = 4'096;
constexpr std::size_t kMostAudio = 16;
constexpr std::int64_t kMostSignOffset = 3'600'000;  // ms
constexpr std::size_t kMostRungs = 12;

constexpr std::array<std::pair<std::string_view, model::Extent>, 4> kExtents{
    {{"everything", model::Extent::everything},
     {"audio_only", model::Extent::audio_only},
     {"first_rung_only", model::Extent::first_rung_only},
     {"rungs_only", model::Extent::rungs_only}}};

constexpr std::array<std::pair<std::string_view, model::Subject>, 5> kSubjects{
    {{"automatic", model::Subject::automatic},
     {"screen", model::Subject::screen},
     {"people", model::Subject::people},
     {"hand_work", model::Subject::hand_work},
     {"sign", model::Subject::sign}}};

model::Subject subject_of(const Json& value) {
  const std::string name = text(value, 32);
  for (const auto& [known, subject] : kSubjects) {
    if (name == known) return subject;
  }
  throw Fault{JsonFault::bad_value};
}

std::string subject_text(model::Subject subject) {
  for (const auto& [name, known] : kSubjects) {
    if (subject == known) return std::string(name);
  }
  return "automatic";
}

model::Extent extent_of(const Json& value) {
  const std::string name = text(value, 32);
  for (const auto& [known, extent] : kExtents) {
    if (name == known) return extent;
  }
  throw Fault{JsonFault::bad_value};
}

std::string extent_text(model::Extent extent) {
  for (const auto& [name, known] : kExtents) {
    if (extent == known) return std::string(name);
  }
  return "everything";
}

std::string path_of(const Json& value) {
  std::string path = text(value, kLongestPath);
  if (path.empty()) throw Fault{JsonFault::bad_value};
  return path;
}

model::ExtraAudio audio_of(const Json& json) {
  if (!json.is_object()) throw Fault{JsonFault::wrong_shape};
  model::ExtraAudio audio{path_of(member(json, "input")), word(member(json, "language"), 35, "-"),
                          role_of(member(json, "role"))};
  if (audio.language.empty() || audio.role == model::AudioRole::main) throw Fault{JsonFault::bad_value};
  return audio;
}

model::RungRequest rung_of(const Json& json) {
  if (!json.is_object()) throw Fault{JsonFault::wrong_shape};
  model::RungRequest rung;
  rung.lines = static_cast<int>(whole(member(json, "lines"), 16, 4'320));
  if (json.contains("crf")) rung.crf = static_cast<int>(whole(json["crf"], 0, 51));
  rung.max_kbps = static_cast<int>(whole(member(json, "max_kbps"), 16, 100'000));
  if (json.contains("profile")) rung.profile = text(json["profile"], 16);
  if (rung.profile != "baseline" && rung.profile != "main" && rung.profile != "high") {
    throw Fault{JsonFault::bad_value};
  }
  return rung;
}

std::vector<model::RungRequest> rungs_of(const Json& json) {
  std::vector<model::RungRequest> rungs;
  for (const Json& rung : list(json, kMostRungs)) rungs.push_back(rung_of(rung));
  return rungs;
}

model::JobSpec job_of(const Json& json) {
  model::JobSpec spec;
  spec.input = path_of(member(json, "input"));
  spec.output = path_of(member(json, "output"));
  if (json.contains("audio_language")) spec.audio_language = word(json["audio_language"], 35, "-");
  if (json.contains("segment")) spec.segment = model::Milliseconds{whole(json["segment"], 1'000, 30'000)};
  if (json.contains("threads")) spec.threads = static_cast<int>(whole(json["threads"], 1, 64));
  if (json.contains("extent")) spec.extent = extent_of(json["extent"]);
  if (json.contains("subject")) spec.subject = subject_of(json["subject"]);
  if (json.contains("extra_audio")) {
    for (const Json& audio : list(json["extra_audio"], kMostAudio))
      spec.extra_audio.push_back(audio_of(audio));
  }
  if (json.contains("sign")) spec.sign = path_of(json["sign"]);
  if (json.contains("sign_language")) spec.sign_language = word(json["sign_language"], 35, "-");
  if (json.contains("sign_offset")) {
    spec.sign_offset = model::Milliseconds{whole(json["sign_offset"], -kMostSignOffset, kMostSignOffset)};
  }
  if (json.contains("ladder")) spec.ladder = rungs_of(json["ladder"]);
  return spec;
}

Json json_of(const model::RungRequest& rung) {
  return {{"lines", rung.lines}, {"crf", rung.crf}, {"max_kbps", rung.max_kbps}, {"profile", rung.profile}};
}

}  // namespace

std::string to_json(const model::JobSpec& spec) {
  Json json = {{"input", spec.input},
               {"output", spec.output},
               {"audio_language", spec.audio_language},
               {"segment", spec.segment.count()},
               {"threads", spec.threads}};
  if (spec.extent != model::Extent::everything) json["extent"] = extent_text(spec.extent);
  if (spec.subject != model::Subject::automatic) json["subject"] = subject_text(spec.subject);
  for (const model::ExtraAudio& audio : spec.extra_audio) {
    json["extra_audio"].push_back(
        {{"input", audio.input}, {"language", audio.language}, {"role", role_text(audio.role)}});
  }
  if (!spec.sign.empty()) {
    json["sign"] = spec.sign;
    json["sign_language"] = spec.sign_language;
    if (spec.sign_offset.count() != 0) json["sign_offset"] = spec.sign_offset.count();
  }
  for (const model::RungRequest& rung : spec.ladder) json["ladder"].push_back(json_of(rung));
  return dump(json);
}

std::expected<model::JobSpec, JsonFault> read_job(std::string_view text) {
  try {
    return job_of(parse(text));
  } catch (const Fault& fault) {
    return std::unexpected(fault.fault);
  }
}

std::expected<std::vector<model::RungRequest>, JsonFault> read_ladder(std::string_view text) {
  try {
    const Json json = parse_list(text);
    auto rungs = rungs_of(json);
    if (rungs.empty()) return std::unexpected(JsonFault::bad_value);
    return rungs;
  } catch (const Fault& fault) {
    return std::unexpected(fault.fault);
  }
}

}  // namespace tongxing::media
