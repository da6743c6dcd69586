// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/readiness/facts.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

/// Who can take a lesson, told honestly from what the lesson has and how good that is: for each need an
/// answer with its reasons, and where to mend what is missing. A pure function of the facts.
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
inline constexpr std::size_t kNeedCount = 8;

/// From best to worst.
enum class Answer : std::uint8_t { yes, with_difficulty, no };

enum class Why : std::uint8_t {
  // Why it works.
  has_description,       ///< what is only to be seen is described
  nothing_unspoken,      ///< a reviewer recorded that nothing is only to be seen
  no_picture,            ///< the lesson is sound only
  has_captions,          ///< with sounds and speakers
  has_sign_language,     ///< an interpreter beside the picture
  has_transcript,        ///< the words as text, also for braille
  has_description_text,  ///< the descriptions as text
  no_sound,              ///< there is nothing to hear
  has_easy_read,         ///< captions in plain words
  keyboard_and_switch,   ///< every control works without a pointer
  has_audio_only,        ///< about 20 MB an hour
  has_low_rendition,     ///< a video that a weak network carries
  has_slides,            ///< stills and sound
  is_text,               ///< an easy-read text
  // What is worth knowing, though it does not decide.
  contrast_unknown,  ///< nobody measured what is written in the picture
  sign_missing,      ///< captions are there; for many deaf people sign language is the first one
  // What is missing, or below its rule.
  media_missing,
  media_in_work,
  media_unusable,
  only_picture,  ///< there is nothing to hear, so a description is the only way in
  description_missing,
  description_below_rule,  ///< value: findings that block
  description_not_sound,   ///< as text only
  description_not_text,    ///< as sound only: nothing for braille
  captions_missing,
  captions_below_rule,  ///< value: findings that block
  captions_unreviewed,  ///< made by a machine, and read over by nobody yet
  captions_incomplete,  ///< value: percent of the speech; limit: what is needed
  subtitles_only,       ///< a translation, or dialogue without sounds
  sign_below_rule,      ///< value: findings that block
  transcript_missing,
  easy_read_missing,
  easy_read_below_rule,  ///< value: findings that block
  low_rendition_missing,
  contrast_poor,
  background_loud,  ///< value: dB of speech over background; limit: what is needed
  flashes_harmful,  ///< WCAG 2.3.1: it can set off a seizure; a lesson is shown to nobody before that is
                    ///< mended
  in_person         ///< done at a place: ask there
};
inline constexpr std::size_t kWhyCount = static_cast<std::size_t>(Why::in_person) + 1;

/// What a reason is: good news, a note, or something to mend.
enum class Tone : std::uint8_t { good, note, lacking };

/// Where a lack is mended.
enum class Place : std::uint8_t { none, media, captions, description, sign, transcript, easy_read };

struct Reason {
  Why why = Why::media_missing;
  std::int64_t value = 0;
  std::int64_t limit = 0;
  bool operator==(const Reason&) const = default;
};

struct Readiness {
  Need need = Need::cannot_see;
  Answer answer = Answer::no;
  std::vector<Reason> reasons;  ///< what decides, never empty
  bool operator==(const Readiness&) const = default;
};

[[nodiscard]] Readiness readiness_for(Need need, const AccessFacts& lesson);

/// All needs, in the order of the enumeration.
[[nodiscard]] std::vector<Readiness> readiness_of(const AccessFacts& lesson);

/// A whole course for one need: it is as good as its worst lesson, for all of them have to be taken.
struct CourseReadiness {
  Need need = Need::cannot_see;
  Answer answer = Answer::no;
  std::size_t yes = 0;  ///< lessons that can be taken
  std::size_t with_difficulty = 0;
  std::size_t no = 0;
};

/// All needs; a course without lessons can be taken by nobody.
[[nodiscard]] std::vector<CourseReadiness> readiness_of_course(std::span<const AccessFacts> lessons);

[[nodiscard]] Tone tone_of(Why why);
[[nodiscard]] Place place_of(Why why);

/// Names for messages: "cannot_see", "with_difficulty", "captions_missing", "easy_read" …
[[nodiscard]] std::string_view name_of(Need need);
[[nodiscard]] std::string_view name_of(Answer answer);
[[nodiscard]] std::string_view name_of(Why why);
[[nodiscard]] std::string_view name_of(Place place);

}  // namespace tongxing::accessibility
