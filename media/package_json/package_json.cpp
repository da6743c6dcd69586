// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/package_json/package_json.hpp"

#include "media/package_json/checked_json.hpp"
#include "media/package_json/facts_json.hpp"

#include <algorithm>
#include <cstdint>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::media {

namespace {

using Json = nlohmann::json;

constexpr std::int64_t kLargestFile = 64LL << 30;
constexpr std::size_t kMostRenditions = 64;
constexpr std::size_t kMostSegments = 50'000;
constexpr std::size_t kMostNotes = 1'000;
constexpr std::size_t kMostChapters = 2'000;
constexpr std::size_t kMostPauses = 5'000;

model::Segment segment_of(const Json& json) {
  if (!json.is_array() || json.size() < 2 || json.size() > 4) throw Fault{JsonFault::wrong_shape};
  model::Segment read{whole(json[0], 1, kLongest_ms * 1'000), whole(json[1], 1, kLargestFile)};
  if (json.size() > 2) read.key_bytes = whole(json[2], 0, read.bytes);
  if (json.size() > 3) read.still_bytes = whole(json[3], 0, kLargestFile);
  return read;
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
  if (json.contains("role")) r.role = role_of(json["role"]);
  if (json.contains("still_init_bytes"))
    r.still_init_bytes = whole(json["still_init_bytes"], 0, kLargestFile);
  for (const Json& segment : list(member(json, "segments"), kMostSegments)) {
    r.segments.push_back(segment_of(segment));
  }
  if (r.segments.empty()) throw Fault{JsonFault::bad_value};
  return r;
}

void take_renditions(const Json& json, std::set<std::string>& names, std::vector<model::Rendition>& into) {
  for (const Json& rendition : list(json, kMostRenditions)) {
    into.push_back(rendition_of(rendition));
    if (!names.insert(into.back().name).second) throw Fault{JsonFault::bad_value};
  }
}

model::Thumbnails thumbnails_of(const Json& json) {
  if (!json.is_object()) throw Fault{JsonFault::wrong_shape};
  model::Thumbnails t;
  t.columns = static_cast<int>(whole(member(json, "columns"), 1, 64));
  t.rows = static_cast<int>(whole(member(json, "rows"), 1, 64));
  t.width = static_cast<int>(whole(member(json, "width"), 1, 4'096));
  t.height = static_cast<int>(whole(member(json, "height"), 1, 4'096));
  t.interval = model::Milliseconds{whole(member(json, "interval_ms"), 1, 3'600'000)};
  t.sheets = static_cast<int>(whole(member(json, "sheets"), 1, kMostSegments));
  t.bytes = whole(member(json, "bytes"), 1, kLargestFile);
  return t;
}

model::Chapter chapter_of(const Json& json) {
  if (!json.is_object()) throw Fault{JsonFault::wrong_shape};
  model::Chapter c;
  c.start = model::Milliseconds{whole(member(json, "start_ms"), 0, kLongest_ms)};
  c.end = model::Milliseconds{whole(member(json, "end_ms"), 0, kLongest_ms)};
  c.language = word(member(json, "language"), 35, "-");
  c.title = text(member(json, "title"), 1'024);
  return c;
}

model::Extended extended_of(const Json& json, const std::vector<model::Rendition>& renditions) {
  if (!json.is_object()) throw Fault{JsonFault::wrong_shape};
  model::Extended extended{word(member(json, "sound"), 64, "-_"), {}};
  const auto sound = std::ranges::find(renditions, extended.sound, &model::Rendition::name);
  if (sound == renditions.end() || sound->kind != model::MediaKind::audio) throw Fault{JsonFault::bad_value};
  const auto last = static_cast<std::int64_t>(sound->segments.size()) - 1;
  for (const Json& one : list(member(json, "pauses"), kMostPauses)) {
    if (!one.is_object()) throw Fault{JsonFault::wrong_shape};
    extended.pauses.push_back({static_cast<std::size_t>(whole(member(one, "segment"), 0, last)),
                               model::Milliseconds{whole(member(one, "at_ms"), 0, kLongest_ms)},
                               model::Milliseconds{whole(member(one, "length_ms"), 0, kLongest_ms)}});
  }
  return extended;
}

void take_extras(const Json& json, std::set<std::string>& names, model::Package& package) {
  if (json.contains("sign")) take_renditions(json["sign"], names, package.sign);
  if (json.contains("signed")) {
    package.signed_picture = rendition_of(json["signed"]);
    if (!names.insert(package.signed_picture->name).second) throw Fault{JsonFault::bad_value};
  }
  if (json.contains("thumbnails")) package.thumbnails = thumbnails_of(json["thumbnails"]);
  package.has_poster = json.contains("poster") && json["poster"] == true;
  if (json.contains("slides")) package.slides = small(json["slides"], 100'000);
  if (json.contains("facts")) package.facts = facts_of(json["facts"]);
  if (json.contains("extended")) package.extended = extended_of(json["extended"], package.renditions);
  if (!json.contains("chapters")) return;
  for (const Json& chapter : list(json["chapters"], kMostChapters)) {
    package.chapters.push_back(chapter_of(chapter));
  }
}

model::Package package_of(const Json& json) {
  model::Package package;
  package.duration = model::Milliseconds{whole(member(json, "duration_ms"), 1, kLongest_ms)};
  package.segment_duration = model::Milliseconds{whole(member(json, "segment_duration_ms"), 1, 60'000)};
  std::set<std::string> names;
  take_renditions(member(json, "renditions"), names, package.renditions);
  if (package.renditions.empty()) throw Fault{JsonFault::bad_value};
  for (const Json& note : list(member(json, "notes"), kMostNotes)) package.notes.push_back(text(note, 1'024));
  take_extras(json, names, package);
  return package;
}

Json json_of(const model::Rendition& r) {
  Json segments = Json::array();
  for (const model::Segment& s : r.segments) {
    segments.push_back({s.duration_us, s.bytes});
    if (s.key_bytes > 0 || s.still_bytes > 0) segments.back().push_back(s.key_bytes);
    if (s.still_bytes > 0) segments.back().push_back(s.still_bytes);
  }
  Json json = {{"name", r.name},
               {"kind", r.kind == model::MediaKind::video ? "video" : "audio"},
               {"codecs", r.codecs},
               {"language", r.language},
               {"width", r.width},
               {"height", r.height},
               {"frame_rate", r.frame_rate},
               {"channels", r.channels},
               {"sample_rate", r.sample_rate},
               {"init_bytes", r.init_bytes},
               {"segments", std::move(segments)}};
  if (r.role != model::AudioRole::main) json["role"] = role_text(r.role);
  if (r.still_init_bytes > 0) json["still_init_bytes"] = r.still_init_bytes;
  return json;
}

Json json_of(const model::Thumbnails& t) {
  return {{"columns", t.columns},
          {"rows", t.rows},
          {"width", t.width},
          {"height", t.height},
          {"interval_ms", t.interval.count()},
          {"sheets", t.sheets},
          {"bytes", t.bytes}};
}

Json json_of(const model::Extended& extended) {
  Json pauses = Json::array();
  for (const model::StandStill& one : extended.pauses) {
    pauses.push_back(
        {{"segment", one.segment}, {"at_ms", one.at.count()}, {"length_ms", one.length.count()}});
  }
  return {{"sound", extended.sound}, {"pauses", std::move(pauses)}};
}

}  // namespace

std::string to_json(const model::Package& package) {
  Json renditions = Json::array();
  for (const model::Rendition& r : package.renditions) renditions.push_back(json_of(r));
  Json json = {{"duration_ms", package.duration.count()},
               {"segment_duration_ms", package.segment_duration.count()},
               {"renditions", std::move(renditions)},
               {"notes", package.notes}};
  for (const model::Rendition& r : package.sign) json["sign"].push_back(json_of(r));
  if (package.signed_picture) json["signed"] = json_of(*package.signed_picture);
  if (package.thumbnails) json["thumbnails"] = json_of(*package.thumbnails);
  if (package.has_poster) json["poster"] = true;
  if (package.slides > 0) json["slides"] = package.slides;
  if (package.facts) json["facts"] = json_of(*package.facts);
  if (package.extended) json["extended"] = json_of(*package.extended);
  for (const model::Chapter& c : package.chapters) {
    json["chapters"].push_back({{"start_ms", c.start.count()},
                                {"end_ms", c.end.count()},
                                {"language", c.language},
                                {"title", c.title}});
  }
  return dump(json);
}

std::expected<model::Package, JsonFault> read_package(std::string_view text) {
  try {
    return package_of(parse(text));
  } catch (const Fault& fault) {
    return std::unexpected(fault.fault);
  }
}

}  // namespace tongxing::media
