// SPDX-License-Identifier: GPL-3.0-or-later
#include "courses/review/pack.hpp"

namespace tongxing::courses {
namespace {

bool is_media(LessonType type) {
  return type == LessonType::video || type == LessonType::audio;
}

std::optional<MissingItem> missing_media(const LessonFacts& lesson) {
  switch (lesson.media) {
    case MediaFact::none:
      return MissingItem::media;
    case MediaFact::in_work:
      return MissingItem::media_ready;
    case MediaFact::failed:
      return MissingItem::media_usable;
    case MediaFact::ready:
      break;
  }
  if (lesson.duration.count() <= 0) return MissingItem::duration;
  return std::nullopt;
}

}  // namespace

std::string_view name_of(LessonType type) {
  switch (type) {
    case LessonType::video:
      return "VIDEO";
    case LessonType::audio:
      return "AUDIO";
    case LessonType::text_easy_read:
      return "TEXT_EASY_READ";
    case LessonType::practice:
      return "PRACTICE";
  }
  return "";
}

std::optional<LessonType> lesson_type_from(std::string_view name) {
  for (const auto type :
       {LessonType::video, LessonType::audio, LessonType::text_easy_read, LessonType::practice}) {
    if (name_of(type) == name) return type;
  }
  return std::nullopt;
}

std::string_view name_of(MissingItem item) {
  switch (item) {
    case MissingItem::lessons:
      return "lessons";
    case MissingItem::media:
      return "media";
    case MissingItem::media_ready:
      return "media_ready";
    case MissingItem::media_usable:
      return "media_usable";
    case MissingItem::duration:
      return "duration";
    case MissingItem::captions:
      return "captions";
    case MissingItem::captions_quality:
      return "captions_quality";
    case MissingItem::captions_review:
      return "captions_review";
    case MissingItem::transcript:
      return "transcript";
    case MissingItem::silent:
      return "silent";
    case MissingItem::visual_decision:
      return "visual_decision";
    case MissingItem::description_quality:
      return "description_quality";
    case MissingItem::sign_quality:
      return "sign_quality";
    case MissingItem::sign_consent:
      return "sign_consent";
    case MissingItem::sign_consent_check:
      return "sign_consent_check";
    case MissingItem::flashes:
      return "flashes";
  }
  return "";
}

std::vector<MissingEntry> missing_in_pack(std::span<const LessonFacts> lessons) {
  std::vector<MissingEntry> result;
  if (lessons.empty()) result.push_back({MissingItem::lessons, std::nullopt});
  for (std::size_t i = 0; i < lessons.size(); ++i) {
    const auto& lesson = lessons[i];
    if (!is_media(lesson.type)) continue;
    if (const auto missing = missing_media(lesson)) result.push_back({*missing, i});
    for (const auto item : lesson.access) result.push_back({item, i});
  }
  return result;
}

}  // namespace tongxing::courses
