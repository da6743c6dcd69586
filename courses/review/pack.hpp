// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// Whether a course version has everything that learners with any disability need ("pack complete", model
/// §2.3.1).
namespace tongxing::courses {

enum class LessonType : std::uint8_t { video, audio, text_easy_read, practice };

/// "VIDEO", "AUDIO", "TEXT_EASY_READ", "PRACTICE": the text of version_lessons.type.
[[nodiscard]] std::string_view name_of(LessonType type);
[[nodiscard]] std::optional<LessonType> lesson_type_from(std::string_view name);

/// How far a lesson's media is.
enum class MediaFact : std::uint8_t { none, in_work, failed, ready };

/// For whom the pack has to be complete: the author who submits, or the public.
enum class PackFor : std::uint8_t { submission, publication };

enum class MissingItem : std::uint8_t {
  lessons,       ///< the course has none
  media,         ///< no file was uploaded for the lesson
  media_ready,   ///< the file is still being worked on
  media_usable,  ///< the file could not be used
  duration,      ///< no measured duration above 0
  // What the rules of accessibility/readiness found; the order is that of its faults.
  captions,             ///< a video with sound without captions
  captions_quality,     ///< captions with findings that block publication
  captions_review,      ///< captions that a machine made and nobody has read over
  transcript,           ///< a sound lesson without text: made from its captions, so upload those
  silent,               ///< a video without sound and without description
  visual_decision,      ///< a video without description, and no reviewer said that none is needed
  description_quality,  ///< a description with findings that block publication
  sign_quality,         ///< a sign language video with findings that block publication
  sign_consent,         ///< the author has not stated that the signer consented in writing
  sign_consent_check,   ///< no reviewer has confirmed that the consent is there
  flashes               ///< the picture flashes so that it can set off a seizure
};

/// What is known of one lesson.
struct LessonFacts {
  LessonType type = LessonType::video;
  MediaFact media = MediaFact::none;
  std::chrono::milliseconds duration{0};  ///< measured, never typed
  std::vector<MissingItem> access{};      ///< what keeps people out of it, as the accessibility rules say
};

/// Stable names for messages: "lessons", "media", "media_ready" …
[[nodiscard]] std::string_view name_of(MissingItem item);

/// One thing that is missing. `lesson` is the index of the lesson in the facts; nullopt: the course as a
/// whole.
struct MissingEntry {
  MissingItem item = MissingItem::lessons;
  std::optional<std::size_t> lesson;
  bool operator==(const MissingEntry&) const = default;
};

/// Everything that is missing, in the order of the lessons; empty: the pack is complete.
[[nodiscard]] std::vector<MissingEntry> missing_in_pack(std::span<const LessonFacts> lessons);

}  // namespace tongxing::courses
