// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/course_pack.hpp"

#include "accessibility/readiness/gate.hpp"
#include "server/services/access_facts.hpp"
#include "server/services/digest.hpp"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::services {
namespace {

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

courses::MissingItem item_of(accessibility::Fault fault) {
  using enum accessibility::Fault;
  using Item = courses::MissingItem;
  switch (fault) {
    case captions_missing:
      return Item::captions;
    case captions_below_rule:
      return Item::captions_quality;
    case captions_unreviewed:
      return Item::captions_review;
    case transcript_missing:
      return Item::transcript;
    case silent_undescribed:
      return Item::silent;
    case description_undecided:
      return Item::visual_decision;
    case description_below_rule:
      return Item::description_quality;
    case sign_below_rule:
      return Item::sign_quality;
    case sign_consent_missing:
      return Item::sign_consent;
    case sign_consent_unseen:
      return Item::sign_consent_check;
    case harmful_flashes:
      return Item::flashes;
  }
  return Item::captions;
}

courses::LessonFacts facts_of(const LessonPack& lesson, VisualStatement statement, courses::PackFor purpose) {
  courses::LessonFacts facts;
  facts.type = courses::lesson_type_from(lesson.lesson.type).value_or(courses::LessonType::video);
  facts.media = media_fact(lesson.asset);
  if (lesson.asset) facts.duration = lesson.asset->duration;
  const auto gate = purpose == courses::PackFor::submission ? accessibility::GateFor::submission
                                                            : accessibility::GateFor::publication;
  for (const auto fault : accessibility::faults_of(access_facts_of(lesson, statement), gate)) {
    facts.access.push_back(item_of(fault));
  }
  return facts;
}

}  // namespace

LessonPack pack_of_lesson(storage::Connection& db, const storage::VersionLessonRow& lesson) {
  LessonPack pack{lesson, std::nullopt, {}};
  if (lesson.asset) {
    pack.asset = storage::AssetStore(db).get(*lesson.asset);
    pack.tracks = storage::TrackStore(db).of_asset(*lesson.asset);
    pack.others = storage::TrackStore(db).others_of_asset(*lesson.asset);
    pack.ticks = storage::TickStore(db).of_lesson(lesson.lesson);
    pack.sides = storage::SideFileStore(db).of_asset(*lesson.asset);
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
  std::vector<courses::LessonFacts> facts;
  for (const LessonPack& lesson : pack) {
    facts.push_back(facts_of(lesson, visual_statement_of(version), purpose));
  }
  std::vector<Missing> found;
  for (const auto& entry : courses::missing_in_pack(facts)) {
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
  return std::ranges::any_of(pack, [](const LessonPack& lesson) {
    const auto facts = access_facts_of(lesson, VisualStatement::open);
    const auto faults = accessibility::faults_of(facts, accessibility::GateFor::publication);
    return std::ranges::find(faults, accessibility::Fault::description_undecided) != faults.end();
  });
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
    for (const auto& track : pack_lesson.others) {
      lesson["others"].push_back({track.kind, track.lang, sha256_hex(track.source)});
    }
    for (const auto& side : pack_lesson.sides) {
      lesson["sides"].push_back({storage::to_text(side.kind), side.source_sha256, side.offset.count()});
    }
    lessons.push_back(std::move(lesson));
  }
  return sha256_hex(content.dump());
}

}  // namespace tongxing::services
