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

/// What is known of one lesson. `captions` means a track of kind CAPTION; translations alone are not
/// captions.
struct LessonFacts {
  LessonType type = LessonType::video;
  MediaFact media = MediaFact::none;
  std::chrono::milliseconds duration{0};  ///< measured, never typed
  bool has_sound = false;
  bool has_captions = false;
  bool has_description = false;  ///< an audio description track
};

/// The decision on what is only to be seen, for the whole version.
enum class VisualDecision : std::uint8_t {
  open,
  nothing_unspoken  ///< a reviewer recorded "no unspoken visual information"
};

enum class MissingItem : std::uint8_t {
  lessons,         ///< the course has none
  media,           ///< no file was uploaded for the lesson
  media_ready,     ///< the file is still being worked on
  media_usable,    ///< the file could not be used
  duration,        ///< no measured duration above 0
  captions,        ///< a video with sound without captions
  transcript,      ///< a sound lesson without text: made from its captions, so upload those
  visual_decision  ///< a video without description, and no reviewer said that none is needed
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

/// For whom the pack has to be complete. The statement that a video needs no description can only come from a
/// reviewer: it can not be asked for before the review.
enum class PackFor : std::uint8_t { submission, publication };

/// Everything that is missing, in the order of the lessons; empty: the pack is complete.
[[nodiscard]] std::vector<MissingEntry> missing_in_pack(std::span<const LessonFacts> lessons,
                                                        VisualDecision decision, PackFor purpose);

}  // namespace tongxing::courses
