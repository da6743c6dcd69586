// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/worker/package_json.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace tongxing::media::worker {

namespace {

using nlohmann::json;

/// Folder names that we make: letters, digits and hyphens.
bool is_plain_name(const std::string& name) {
  return !name.empty() && name.size() <= 64 && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
}

json segments_json(const std::vector<model::Segment>& segments) {
  json list = json::array();
  for (const auto& segment : segments) list.push_back({{"duration_us", segment.duration_us}, {"bytes", segment.bytes}});
  return list;
}

json rendition_json(const model::Rendition& r) {
  json value{{"name", r.name},
             {"kind", r.kind == model::MediaKind::video ? "video" : "audio"},
             {"codecs", r.codecs},
             {"init_bytes", r.init_bytes},
             {"segments", segments_json(r.segments)}};
  if (r.kind == model::MediaKind::video) {
    value["width"] = r.width;
    value["height"] = r.height;
    value["frame_rate"] = r.frame_rate;
  } else {
    value["language"] = r.language;
    value["channels"] = r.channels;
    value["sample_rate"] = r.sample_rate;
  }
  return value;
}

model::Rendition rendition_from(const json& value) {
  model::Rendition r;
  r.name = value.at("name").get<std::string>();
  r.kind = value.at("kind").get<std::string>() == "video" ? model::MediaKind::video : model::MediaKind::audio;
  r.codecs = value.at("codecs").get<std::string>();
  r.init_bytes = value.at("init_bytes").get<std::int64_t>();
  r.language = value.value("language", "");
  r.width = value.value("width", 0);
  r.height = value.value("height", 0);
  r.frame_rate = value.value("frame_rate", 0.0);
  r.channels = value.value("channels", 0);
  r.sample_rate = value.value("sample_rate", 0);
  for (const json& segment : value.at("segments")) {
    r.segments.push_back({segment.at("duration_us").get<std::int64_t>(), segment.at("bytes").get<std::int64_t>()});
  }
  return r;
}

bool sound(const model::Rendition& r) {
  return is_plain_name(r.name) && !r.segments.empty() && r.init_bytes > 0 &&
         std::ranges::all_of(r.segments, [](const auto& s) { return s.duration_us > 0 && s.bytes > 0; });
}

}  // namespace

json to_json(const model::Package& package) {
  json renditions = json::array();
  for (const auto& rendition : package.renditions) renditions.push_back(rendition_json(rendition));
  return {{"duration_ms", package.duration.count()},
          {"segment_duration_ms", package.segment_duration.count()},
          {"renditions", std::move(renditions)},
          {"notes", package.notes}};
}

std::string package_text(const model::Package& package) { return to_json(package).dump(1); }

std::optional<model::Package> parse_package(std::string_view text) {
  try {
    const json value = json::parse(text);
    model::Package package;
    package.duration = model::Milliseconds(value.at("duration_ms").get<std::int64_t>());
    package.segment_duration = model::Milliseconds(value.at("segment_duration_ms").get<std::int64_t>());
    package.notes = value.at("notes").get<std::vector<std::string>>();
    for (const json& rendition : value.at("renditions")) package.renditions.push_back(rendition_from(rendition));
    if (!std::ranges::all_of(package.renditions, sound)) return std::nullopt;
    return package;
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

std::string job_text(const model::JobSpec& job) {
  return json{{"input", job.input},
              {"output", job.output},
              {"audio_language", job.audio_language},
              {"segment_ms", job.segment.count()},
              {"threads", job.threads}}
      .dump(1);
}

std::optional<model::JobSpec> parse_job(std::string_view text) {
  try {
    const json value = json::parse(text);
    model::JobSpec job;
    job.input = value.at("input").get<std::string>();
    job.output = value.at("output").get<std::string>();
    job.audio_language = value.value("audio_language", job.audio_language);
    job.segment = model::Milliseconds(value.value("segment_ms", job.segment.count()));
    job.threads = value.value("threads", job.threads);
    if (!is_plain_name(job.audio_language) || job.segment.count() < 1000 || job.segment.count() > 60'000 ||
        job.threads < 1 || job.threads > 64) {
      return std::nullopt;
    }
    return job;
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

}  // namespace tongxing::media::worker
