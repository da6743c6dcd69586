// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

/// Who can take a lesson, told honestly from what the lesson has: for each need an answer with its reasons.
/// First version: it looks at what is there, not at how good it is.
namespace tongxing::accessibility {

enum class Need : std::uint8_t {
  cannot_see,
  low_vision,
  cannot_hear,
  hard_of_hearing,
  cannot_see_or_hear,
  reads_with_difficulty,
  cannot_use_hands,
  weak_network
};

enum class Answer : std::uint8_t { yes, with_difficulty, no };

enum class Reason : std::uint8_t {
  // Why it works.
  has_description,      ///< what is only to be seen is described
  nothing_unspoken,     ///< a reviewer recorded that nothing is only to be seen
  no_picture,           ///< the lesson is sound only
  has_captions,         ///< with sounds and speakers
  has_sign_language,    ///< an interpreter beside the picture
  has_transcript,       ///< the whole lesson as text, also for braille
  no_sound,             ///< there is nothing to hear
  has_easy_read,        ///< captions in plain words
  keyboard_and_switch,  ///< every control works without a pointer
  has_audio_only,       ///< about 20 MB an hour
  has_low_rendition,    ///< a video that 192 kb/s carry
  // What is missing.
  description_missing,
  captions_missing,
  subtitles_only,  ///< a translation or dialogue without sounds
  transcript_missing,
  easy_read_missing,
  low_rendition_missing,
  media_not_ready
};

enum class Picture : std::uint8_t { none, described, nothing_unspoken, undescribed };
enum class Sound : std::uint8_t { none, captioned, subtitled, bare };

/// What is known of one lesson.
struct LessonAccess {
  bool ready = false;  ///< the media can be played
  Picture picture = Picture::none;
  Sound sound = Sound::none;
  bool has_sign_language = false;
  bool has_easy_read = false;  ///< an easy-read caption track
  bool has_audio_only = false;
  std::int64_t least_bandwidth = 0;  ///< bits a second of the smallest variant; 0: no video
};

struct Readiness {
  Need need = Need::cannot_see;
  Answer answer = Answer::no;
  std::vector<Reason> reasons;  ///< what decides, never empty
  bool operator==(const Readiness&) const = default;
};

[[nodiscard]] Readiness readiness_for(Need need, const LessonAccess& lesson);

/// All needs, in the order of the enumeration.
[[nodiscard]] std::vector<Readiness> readiness_of(const LessonAccess& lesson);

/// Names for messages: "cannot_see", "with_difficulty", "captions_missing" …
[[nodiscard]] std::string_view name_of(Need need);
[[nodiscard]] std::string_view name_of(Answer answer);
[[nodiscard]] std::string_view name_of(Reason reason);

}  // namespace tongxing::accessibility
