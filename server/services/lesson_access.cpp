// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/lesson_access.hpp"

#include "server/services/access_facts.hpp"
#include "server/services/course_pack.hpp"
#include "server/storage/course_version_store.hpp"
#include "server/storage/lesson_access_store.hpp"
#include "server/storage/lesson_store.hpp"

#include <stdexcept>
#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::services {
namespace {

using accessibility::AccessFacts;
using nlohmann::json;

/// What was recorded, if that is all there is and by today's rules.
std::optional<std::vector<LessonAccess>> recorded(storage::Connection& db, const CourseVersionId& version) {
  std::vector<LessonAccess> found;
  for (const auto& row : storage::LessonAccessStore(db).of_version(version)) {
    auto facts = row.rules == kAccessRules ? access_facts_from(row.facts) : std::nullopt;
    if (!facts) return std::nullopt;
    found.push_back({row.lesson, *facts});
  }
  if (found.size() != storage::LessonStore(db).of_version(version).size()) return std::nullopt;
  return found;
}

std::vector<LessonAccess> measured(storage::Connection& db, const CourseVersionId& version) {
  const auto row = storage::CourseVersionStore(db).find(version);
  if (!row) return {};
  std::vector<LessonAccess> found;
  for (const auto& lesson : pack_of(db, version)) {
    found.push_back({lesson.lesson.lesson, access_facts_of(lesson, visual_statement_of(*row))});
  }
  return found;
}

json json_of(const accessibility::TextTrackFacts& track) {
  json object{{"cues", track.cues}, {"errors", track.errors}, {"warnings", track.warnings}};
  if (track.unreviewed) object["unreviewed"] = true;
  if (track.speech_covered) object["speech_covered"] = *track.speech_covered;
  return object;
}

std::optional<accessibility::TextTrackFacts> track_in(const json& object, const char* name) {
  if (!object.contains(name)) return std::nullopt;
  const json& track = object.at(name);
  accessibility::TextTrackFacts facts{track.at("cues"), track.at("errors"), track.at("warnings")};
  facts.unreviewed = track.value("unreviewed", false);
  if (track.contains("speech_covered")) facts.speech_covered = track.at("speech_covered").get<int>();
  return facts;
}

/// An enumeration by its number; throws for one that is not there.
template <typename Enum>
Enum enum_in(const json& object, const char* name, Enum last) {
  const auto value = object.at(name).get<int>();
  if (value < 0 || value > static_cast<int>(last)) throw std::out_of_range(name);
  return static_cast<Enum>(value);
}

AccessFacts facts_in(const json& object) {
  using namespace accessibility;
  AccessFacts facts;
  facts.form = enum_in(object, "form", LessonForm::practice);
  facts.media = enum_in(object, "media", MediaState::ready);
  facts.duration = Milliseconds{object.at("duration_ms").get<std::int64_t>()};
  facts.has_picture = object.at("picture");
  facts.has_sound = object.at("sound");
  facts.captions = track_in(object, "captions");
  facts.subtitles = track_in(object, "subtitles");
  facts.easy_read = track_in(object, "easy_read");
  facts.unreviewed_tracks = object.at("unreviewed_tracks");
  facts.has_own_transcript = object.at("transcript");
  if (const auto found = object.find("description"); found != object.end()) {
    facts.description = DescriptionFacts{found->at("sound"), found->at("text"), found->at("errors")};
  }
  facts.nothing_unspoken = object.at("nothing_unspoken");
  if (const auto found = object.find("sign"); found != object.end()) {
    facts.sign = SignQuality{found->at("errors"), found->at("warnings"),
                             enum_in(*found, "consent", Consent::confirmed)};
  }
  facts.contrast = enum_in(object, "contrast", Contrast::poor);
  facts.flashes = enum_in(object, "flashes", Flashes::harmful);
  if (const auto found = object.find("speech_over_background_db"); found != object.end()) {
    facts.speech_over_background_db = found->get<int>();
  }
  facts.has_audio_only = object.at("audio_only");
  facts.has_slides = object.at("slides");
  facts.least_bandwidth = object.at("least_bandwidth");
  return facts;
}

}  // namespace

std::vector<LessonAccess> access_of_version(storage::Connection& db, const CourseVersionId& version) {
  if (auto known = recorded(db, version)) return *std::move(known);
  return measured(db, version);
}

void record_access(storage::Connection& db, const CourseVersionId& version, Timestamp now) {
  storage::LessonAccessStore store(db);
  for (const auto& lesson : measured(db, version)) {
    store.put({version, lesson.lesson, kAccessRules, text_of(lesson.facts), now});
  }
}

std::string text_of(const AccessFacts& facts) {
  json object{{"form", static_cast<int>(facts.form)},
              {"media", static_cast<int>(facts.media)},
              {"duration_ms", facts.duration.count()},
              {"picture", facts.has_picture},
              {"sound", facts.has_sound},
              {"unreviewed_tracks", facts.unreviewed_tracks},
              {"transcript", facts.has_own_transcript},
              {"nothing_unspoken", facts.nothing_unspoken},
              {"contrast", static_cast<int>(facts.contrast)},
              {"flashes", static_cast<int>(facts.flashes)},
              {"audio_only", facts.has_audio_only},
              {"slides", facts.has_slides},
              {"least_bandwidth", facts.least_bandwidth}};
  if (facts.captions) object["captions"] = json_of(*facts.captions);
  if (facts.subtitles) object["subtitles"] = json_of(*facts.subtitles);
  if (facts.easy_read) object["easy_read"] = json_of(*facts.easy_read);
  if (const auto& found = facts.description) {
    object["description"] = {{"sound", found->as_sound}, {"text", found->as_text}, {"errors", found->errors}};
  }
  if (facts.sign) {
    object["sign"] = {{"errors", facts.sign->errors},
                      {"warnings", facts.sign->warnings},
                      {"consent", static_cast<int>(facts.sign->consent)}};
  }
  if (facts.speech_over_background_db) {
    object["speech_over_background_db"] = *facts.speech_over_background_db;
  }
  return object.dump();
}

std::optional<AccessFacts> access_facts_from(std::string_view text) {
  const json object = json::parse(text, nullptr, false);
  if (!object.is_object()) return std::nullopt;
  try {
    return facts_in(object);
  } catch (const std::exception&) {  // another shape than ours: it is measured again
    return std::nullopt;
  }
}

}  // namespace tongxing::services
