// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/course_pack.hpp"

#include "server/services/digest.hpp"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::services {
namespace {

bool has_kind(const LessonPack& lesson, std::string_view kind) {
  return std::ranges::any_of(lesson.tracks,
                             [&](const storage::TrackRow& track) { return track.kind == kind; });
}

courses::MediaFact media_fact(const std::optional<storage::Asset>& asset) {
  using enum storage::AssetState;
  if (!asset) return courses::MediaFact::none;
  switch (asset->state) {
    case uploaded:
    case probing:
    case transcoding:
      return courses::MediaFact::in_work;
    case failed:
    case quarantined:
      return courses::MediaFact::failed;
    case ready:
      return courses::MediaFact::ready;
  }
  return courses::MediaFact::none;
}

courses::LessonFacts facts_of(const LessonPack& lesson) {
  courses::LessonFacts facts;
  facts.type = courses::lesson_type_from(lesson.lesson.type).value_or(courses::LessonType::video);
  facts.media = media_fact(lesson.asset);
  if (lesson.asset) {
    facts.duration = lesson.asset->duration;
    facts.has_sound = lesson.asset->has_audio;
    // A file with sound alone was made a lesson to listen to by its author, whatever the lesson was called
    // before.
    const bool sound_only = facts.media == courses::MediaFact::ready && !lesson.asset->has_video;
    if (sound_only && facts.type == courses::LessonType::video) facts.type = courses::LessonType::audio;
  }
  facts.has_captions = has_kind(lesson, "CAPTION");
  facts.has_description = has_kind(lesson, "AUDIO_DESCRIPTION");
  return facts;
}

std::vector<courses::LessonFacts> facts_of(const std::vector<LessonPack>& pack) {
  std::vector<courses::LessonFacts> facts;
  for (const LessonPack& lesson : pack) facts.push_back(facts_of(lesson));
  return facts;
}

}  // namespace

LessonPack pack_of_lesson(storage::Connection& db, const storage::VersionLessonRow& lesson) {
  LessonPack pack{lesson, std::nullopt, {}};
  if (lesson.asset) {
    pack.asset = storage::AssetStore(db).get(*lesson.asset);
    pack.tracks = storage::TrackStore(db).of_asset(*lesson.asset);
  }
  return pack;
}

std::vector<LessonPack> pack_of(storage::Connection& db, const CourseVersionId& version) {
  std::vector<LessonPack> found;
  for (const auto& lesson : storage::LessonStore(db).of_version(version)) {
    found.push_back(pack_of_lesson(db, lesson));
  }
  return found;
}

std::vector<Missing> missing_in(const storage::CourseVersionRow& version, const std::vector<LessonPack>& pack,
                                courses::PackFor purpose) {
  const auto decision = version.visual_statement.empty() ? courses::VisualDecision::open
                                                         : courses::VisualDecision::nothing_unspoken;
  std::vector<Missing> found;
  for (const auto& entry : courses::missing_in_pack(facts_of(pack), decision, purpose)) {
    Missing missing{"teaching.missing." + std::string(courses::name_of(entry.item)), {}, {}};
    if (entry.lesson) {
      missing.lesson = pack.at(*entry.lesson).lesson.lesson;
      missing.title = pack.at(*entry.lesson).lesson.title;
    }
    found.push_back(std::move(missing));
  }
  return found;
}

bool needs_visual_statement(const std::vector<LessonPack>& pack) {
  const auto entries =
      courses::missing_in_pack(facts_of(pack), courses::VisualDecision::open, courses::PackFor::publication);
  return std::ranges::any_of(
      entries, [](const auto& entry) { return entry.item == courses::MissingItem::visual_decision; });
}

std::string content_hash(const storage::CourseVersionRow& version, const std::vector<LessonPack>& pack) {
  nlohmann::json content{{"course", version.course.str()}, {"number", version.number},
                         {"title", version.title},         {"summary", version.summary},
                         {"language", version.language},   {"policy", version.policy}};
  auto& lessons = content["lessons"] = nlohmann::json::array();
  for (const LessonPack& pack_lesson : pack) {
    const auto& row = pack_lesson.lesson;
    nlohmann::json lesson{{"id", row.lesson.str()},     {"type", row.type},
                          {"title", row.title},         {"summary", row.summary},
                          {"mandatory", row.mandatory}, {"threshold", row.threshold_percent}};
    if (pack_lesson.asset) {
      lesson["media"] = {pack_lesson.asset->source_sha256, pack_lesson.asset->version};
    }
    for (const auto& track : pack_lesson.tracks) {
      lesson["tracks"].push_back({track.kind, track.lang, sha256_hex(track.source)});
    }
    lessons.push_back(std::move(lesson));
  }
  return sha256_hex(content.dump());
}

}  // namespace tongxing::services
