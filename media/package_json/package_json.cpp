// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/package_json/package_json.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::media {

namespace {

using Json = nlohmann::json;

constexpr std::int64_t kLongest_ms = 24LL * 3'600 * 1'000;
constexpr std::int64_t kLargestFile = 64LL << 30;
constexpr std::size_t kMostRenditions = 64;
constexpr std::size_t kMostSegments = 50'000;
constexpr std::size_t kMostNotes = 1'000;

/// Thrown and caught in this file only: keeps the reading of forty members readable.
struct Fault {
  JsonFault fault;
};

bool is_word(std::string_view text, std::string_view also) {
  return std::ranges::all_of(text, [also](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || also.contains(c);
  });
}

const Json& member(const Json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end()) throw Fault{JsonFault::wrong_shape};
  return *found;
}

std::int64_t whole(const Json& value, std::int64_t least, std::int64_t most) {
  if (!value.is_number_integer()) throw Fault{JsonFault::wrong_shape};
  // An unsigned number above the signed range would turn negative in get<int64_t>.
  if (value.is_number_unsigned() && value.get<std::uint64_t>() > std::uint64_t{INT64_MAX}) {
    throw Fault{JsonFault::bad_value};
  }
  const auto number = value.get<std::int64_t>();
  if (number < least || number > most) throw Fault{JsonFault::bad_value};
  return number;
}

int small(const Json& value, int most) {
  return static_cast<int>(whole(value, 0, most));
}

std::string text(const Json& value, std::size_t longest) {
  if (!value.is_string()) throw Fault{JsonFault::wrong_shape};
  auto found = value.get<std::string>();
  if (found.size() > longest) throw Fault{JsonFault::bad_value};
  return found;
}

std::string word(const Json& value, std::size_t longest, std::string_view also) {
  std::string found = text(value, longest);
  if (!is_word(found, also)) throw Fault{JsonFault::bad_value};
  return found;
}

const Json& list(const Json& value, std::size_t most) {
  if (!value.is_array()) throw Fault{JsonFault::wrong_shape};
  if (value.size() > most) throw Fault{JsonFault::bad_value};
  return value;
}

double rate(const Json& value) {
  if (!value.is_number()) throw Fault{JsonFault::wrong_shape};
  const auto number = value.get<double>();
  if (!(number >= 0 && number <= 1'000)) throw Fault{JsonFault::bad_value};
  return number;
}

model::Rendition rendition_of(const Json& json) {
  if (!json.is_object()) throw Fault{JsonFault::wrong_shape};
  model::Rendition r;
  r.name = word(member(json, "name"), 64, "-_");
  if (r.name.empty()) throw Fault{JsonFault::bad_value};
  const std::string kind = text(member(json, "kind"), 8);
  if (kind != "video" && kind != "audio") throw Fault{JsonFault::bad_value};
  r.kind = kind == "video" ? model::MediaKind::video : model::MediaKind::audio;
  r.codecs = word(member(json, "codecs"), 64, ".,-");
  r.language = word(member(json, "language"), 35, "-");
  r.width = small(member(json, "width"), 16'384);
  r.height = small(member(json, "height"), 16'384);
  r.frame_rate = rate(member(json, "frame_rate"));
  r.channels = small(member(json, "channels"), 64);
  r.sample_rate = small(member(json, "sample_rate"), 768'000);
  r.init_bytes = whole(member(json, "init_bytes"), 1, kLargestFile);
  for (const Json& segment : list(member(json, "segments"), kMostSegments)) {
    if (!segment.is_array() || segment.size() != 2) throw Fault{JsonFault::wrong_shape};
    r.segments.push_back({whole(segment[0], 1, kLongest_ms * 1'000), whole(segment[1], 1, kLargestFile)});
  }
  if (r.segments.empty()) throw Fault{JsonFault::bad_value};
  return r;
}

model::Package package_of(const Json& json) {
  model::Package package;
  package.duration = model::Milliseconds{whole(member(json, "duration_ms"), 1, kLongest_ms)};
  package.segment_duration = model::Milliseconds{whole(member(json, "segment_duration_ms"), 1, 60'000)};
  for (const Json& rendition : list(member(json, "renditions"), kMostRenditions)) {
    package.renditions.push_back(rendition_of(rendition));
    const auto same = [&](const model::Rendition& r) { return r.name == package.renditions.back().name; };
    if (std::ranges::count_if(package.renditions, same) > 1) throw Fault{JsonFault::bad_value};
  }
  if (package.renditions.empty()) throw Fault{JsonFault::bad_value};
  for (const Json& note : list(member(json, "notes"), kMostNotes)) package.notes.push_back(text(note, 1'024));
  return package;
}

model::JobSpec job_of(const Json& json) {
  model::JobSpec spec;
  spec.input = text(member(json, "input"), 4'096);
  spec.output = text(member(json, "output"), 4'096);
  if (spec.input.empty() || spec.output.empty()) throw Fault{JsonFault::bad_value};
  if (json.contains("audio_language")) spec.audio_language = word(json["audio_language"], 35, "-");
  if (json.contains("segment")) spec.segment = model::Milliseconds{whole(json["segment"], 1'000, 30'000)};
  if (json.contains("threads")) spec.threads = static_cast<int>(whole(json["threads"], 1, 64));
  return spec;
}

/// Refuses nesting before it is built: nlohmann's values are destroyed recursively.
Json parse(std::string_view text) {
  const auto shallow = [](int depth, Json::parse_event_t, Json&) {
    if (depth > 8) throw Fault{JsonFault::not_json};
    return true;
  };
  Json json = Json::parse(text, shallow, false);
  if (!json.is_object()) throw Fault{JsonFault::not_json};
  return json;
}

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string to_json(const model::Package& package) {
  Json renditions = Json::array();
  for (const model::Rendition& r : package.renditions) {
    Json segments = Json::array();
    for (const model::Segment& s : r.segments) segments.push_back({s.duration_us, s.bytes});
    renditions.push_back({{"name", r.name},
                          {"kind", r.kind == model::MediaKind::video ? "video" : "audio"},
                          {"codecs", r.codecs},
                          {"language", r.language},
                          {"width", r.width},
                          {"height", r.height},
                          {"frame_rate", r.frame_rate},
                          {"channels", r.channels},
                          {"sample_rate", r.sample_rate},
                          {"init_bytes", r.init_bytes},
                          {"segments", std::move(segments)}});
  }
  return dump({{"duration_ms", package.duration.count()},
               {"segment_duration_ms", package.segment_duration.count()},
               {"renditions", std::move(renditions)},
               {"notes", package.notes}});
}

std::expected<model::Package, JsonFault> read_package(std::string_view text) {
  try {
    return package_of(parse(text));
  } catch (const Fault& fault) {
    return std::unexpected(fault.fault);
  }
}

std::string to_json(const model::JobSpec& spec) {
  return dump({{"input", spec.input},
               {"output", spec.output},
               {"audio_language", spec.audio_language},
               {"segment", spec.segment.count()},
               {"threads", spec.threads}});
}

std::expected<model::JobSpec, JsonFault> read_job(std::string_view text) {
  try {
    return job_of(parse(text));
  } catch (const Fault& fault) {
    return std::unexpected(fault.fault);
  }
}

}  // namespace tongxing::media
