// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/package_json/facts_json.hpp"

#include "media/package_json/checked_json.hpp"

#include <algorithm>
#include <string>

#include <nlohmann/json.hpp>

namespace tongxing::media {

namespace {

constexpr int kLargestSide = 16'384;
constexpr std::int64_t kMostFrames = 1'000'000;  // in 1000 seconds
constexpr std::int64_t kMostDecibels = 200;
constexpr int kMostStreams = 64;

model::Milliseconds time_of(const Json& json) {
  return model::Milliseconds{whole(json, 0, kLongest_ms)};
}

model::Stretch stretch_of(const Json& from, const Json& to) {
  const model::Stretch stretch{time_of(from), time_of(to)};
  if (stretch.end < stretch.start) throw Fault{JsonFault::bad_value};
  return stretch;
}

/// Sorted, disjoint, none empty: the rules count on it.
std::vector<model::Stretch> stretches_of(const Json& json) {
  std::vector<model::Stretch> stretches;
  for (const Json& pair : list(json, model::kMostStretches)) {
    if (list(pair, 2).size() != 2) throw Fault{JsonFault::wrong_shape};
    const auto stretch = stretch_of(pair[0], pair[1]);
    const auto before = stretches.empty() ? model::Milliseconds{0} : stretches.back().end;
    if (stretch.start < before || stretch.end == stretch.start) throw Fault{JsonFault::bad_value};
    stretches.push_back(stretch);
  }
  return stretches;
}

model::FlashStretch flash_of(const Json& json) {
  if (list(json, 4).size() != 4) throw Fault{JsonFault::wrong_shape};
  const std::string kind = text(json[0], 8);
  if (kind != "general" && kind != "red") throw Fault{JsonFault::bad_value};
  using enum model::FlashStretch::Kind;
  return {stretch_of(json[1], json[2]), kind == "red" ? red : general, small(json[3], 100)};
}

const Json& object(const Json& json) {
  if (!json.is_object()) throw Fault{JsonFault::wrong_shape};
  return json;
}

model::SoundFacts sound_of(const Json& json) {
  model::SoundFacts sound;
  sound.speech = stretches_of(member(json, "speech"));
  sound.heard = stretches_of(member(json, "heard"));
  if (const auto found = json.find("over_background_db"); found != json.end()) {
    sound.speech_over_background_db = static_cast<int>(whole(*found, -kMostDecibels, kMostDecibels));
  }
  return sound;
}

model::PictureFacts picture_of(const Json& json) {
  model::PictureFacts picture;
  picture.width = small(member(json, "width"), kLargestSide);
  picture.height = small(member(json, "height"), kLargestSide);
  picture.frames_per_1000_s = whole(member(json, "frames_per_1000_s"), 0, kMostFrames);
  for (const Json& flash : list(member(json, "flashes"), model::kMostFlashes)) {
    picture.flashes.push_back(flash_of(flash));
  }
  for (const Json& cut : list(member(json, "cuts"), model::kMostStretches)) {
    picture.cuts.push_back(time_of(cut));
  }
  if (!std::ranges::is_sorted(picture.cuts)) throw Fault{JsonFault::bad_value};
  return picture;
}

model::SignerFacts signer_of(const Json& json) {
  model::SignerFacts signer;
  signer.width = small(member(json, "width"), kLargestSide);
  signer.height = small(member(json, "height"), kLargestSide);
  signer.frames_per_1000_s = whole(member(json, "frames_per_1000_s"), 0, kMostFrames);
  signer.length = time_of(member(json, "length_ms"));
  signer.sound_streams = small(member(json, "sound_streams"), kMostStreams);
  return signer;
}

Json json_of(const std::vector<model::Stretch>& stretches) {
  Json json = Json::array();
  for (const auto& stretch : stretches) {
    json.push_back(Json::array({stretch.start.count(), stretch.end.count()}));
  }
  return json;
}

Json json_of(const model::SoundFacts& sound) {
  Json json = {{"speech", json_of(sound.speech)}, {"heard", json_of(sound.heard)}};
  if (sound.speech_over_background_db) json["over_background_db"] = *sound.speech_over_background_db;
  return json;
}

Json json_of(const model::PictureFacts& picture) {
  Json flashes = Json::array();
  for (const auto& flash : picture.flashes) {
    const char* kind = flash.kind == model::FlashStretch::Kind::red ? "red" : "general";
    flashes.push_back(
        Json::array({kind, flash.time.start.count(), flash.time.end.count(), flash.area_percent}));
  }
  Json cuts = Json::array();
  for (const auto cut : picture.cuts) cuts.push_back(cut.count());
  return {{"width", picture.width},
          {"height", picture.height},
          {"frames_per_1000_s", picture.frames_per_1000_s},
          {"flashes", std::move(flashes)},
          {"cuts", std::move(cuts)}};
}

Json json_of(const model::SignerFacts& signer) {
  return {{"width", signer.width},
          {"height", signer.height},
          {"frames_per_1000_s", signer.frames_per_1000_s},
          {"length_ms", signer.length.count()},
          {"sound_streams", signer.sound_streams}};
}

}  // namespace

Json json_of(const model::Facts& facts) {
  Json json = Json::object();
  if (facts.sound) json["sound"] = json_of(*facts.sound);
  if (facts.picture) json["picture"] = json_of(*facts.picture);
  if (facts.signer) json["signer"] = json_of(*facts.signer);
  return json;
}

model::Facts facts_of(const Json& json) {
  object(json);
  model::Facts facts;
  if (json.contains("sound")) facts.sound = sound_of(object(json["sound"]));
  if (json.contains("picture")) facts.picture = picture_of(object(json["picture"]));
  if (json.contains("signer")) facts.signer = signer_of(object(json["signer"]));
  return facts;
}

}  // namespace tongxing::media
