// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/readiness/readiness.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tongxing::accessibility {
namespace {

using Verdict = std::pair<Answer, std::vector<Reason>>;

/// What 2G and the edge of a cell carry (Apple's authoring rule 9.21 for cellular variants).
constexpr std::int64_t kWeakNetwork = 192'000;

Verdict picture(Picture picture, Answer without_description) {
  switch (picture) {
    case Picture::none:
      return {Answer::yes, {Reason::no_picture}};
    case Picture::described:
      return {Answer::yes, {Reason::has_description}};
    case Picture::nothing_unspoken:
      return {Answer::yes, {Reason::nothing_unspoken}};
    case Picture::undescribed:
      break;
  }
  return {without_description, {Reason::description_missing}};
}

Verdict sound(const LessonAccess& lesson, Answer without_captions) {
  switch (lesson.sound) {
    case Sound::none:
      return {Answer::yes, {Reason::no_sound}};
    case Sound::captioned:
      return {Answer::yes, {Reason::has_captions}};
    case Sound::subtitled:
      return {Answer::with_difficulty, {Reason::subtitles_only}};
    case Sound::bare:
      break;
  }
  if (lesson.has_sign_language)
    return {Answer::with_difficulty, {Reason::has_sign_language, Reason::captions_missing}};
  return {without_captions, {Reason::captions_missing}};
}

/// Somebody who reads braille needs the words, and what is only to be seen, as text. Descriptions are sound
/// so far.
Verdict text_alone(const LessonAccess& lesson) {
  const bool words = lesson.sound == Sound::captioned || lesson.sound == Sound::none;
  if (!words) return {Answer::no, {Reason::transcript_missing}};
  if (lesson.picture == Picture::none || lesson.picture == Picture::nothing_unspoken) {
    if (lesson.sound == Sound::none) return {Answer::no, {Reason::transcript_missing}};
    return {Answer::yes, {Reason::has_transcript, picture(lesson.picture, Answer::no).second.front()}};
  }
  if (lesson.sound == Sound::none)
    return {Answer::no, {Reason::transcript_missing, Reason::description_missing}};
  return {Answer::with_difficulty, {Reason::has_transcript, Reason::description_missing}};
}

Verdict network(const LessonAccess& lesson) {
  if (lesson.least_bandwidth > 0 && lesson.least_bandwidth <= kWeakNetwork) {
    return {Answer::yes, {Reason::has_low_rendition}};
  }
  if (lesson.least_bandwidth == 0 && lesson.has_audio_only) return {Answer::yes, {Reason::has_audio_only}};
  if (lesson.has_audio_only)
    return {Answer::with_difficulty, {Reason::has_audio_only, Reason::low_rendition_missing}};
  return {Answer::no, {Reason::low_rendition_missing}};
}

Verdict judge(Need need, const LessonAccess& lesson) {
  if (!lesson.ready) return {Answer::no, {Reason::media_not_ready}};
  switch (need) {
    case Need::cannot_see:
      // A silent picture tells nothing to somebody who can not see it, statement or not.
      if (lesson.sound == Sound::none && lesson.picture != Picture::described) {
        return {Answer::no, {Reason::no_sound, Reason::description_missing}};
      }
      return picture(lesson.picture, Answer::no);
    case Need::low_vision:
      return picture(lesson.picture, Answer::with_difficulty);
    case Need::cannot_hear:
      return sound(lesson, Answer::no);
    case Need::hard_of_hearing:
      return sound(lesson, Answer::with_difficulty);
    case Need::cannot_see_or_hear:
      return text_alone(lesson);
    case Need::reads_with_difficulty:
      if (lesson.has_easy_read) return {Answer::yes, {Reason::has_easy_read}};
      return {Answer::with_difficulty, {Reason::easy_read_missing}};
    case Need::cannot_use_hands:
      return {Answer::yes, {Reason::keyboard_and_switch}};
    case Need::weak_network:
      return network(lesson);
  }
  return {Answer::no, {Reason::media_not_ready}};
}

constexpr std::array<std::string_view, 8> kNeeds{"cannot_see",         "low_vision",
                                                 "cannot_hear",        "hard_of_hearing",
                                                 "cannot_see_or_hear", "reads_with_difficulty",
                                                 "cannot_use_hands",   "weak_network"};
constexpr std::array<std::string_view, 3> kAnswers{"yes", "with_difficulty", "no"};
constexpr std::array<std::string_view, 18> kReasons{
    "has_description",       "nothing_unspoken", "no_picture",         "has_captions",
    "has_sign_language",     "has_transcript",   "no_sound",           "has_easy_read",
    "keyboard_and_switch",   "has_audio_only",   "has_low_rendition",  "description_missing",
    "captions_missing",      "subtitles_only",   "transcript_missing", "easy_read_missing",
    "low_rendition_missing", "media_not_ready"};

}  // namespace

Readiness readiness_for(Need need, const LessonAccess& lesson) {
  auto [answer, reasons] = judge(need, lesson);
  return {need, answer, std::move(reasons)};
}

std::vector<Readiness> readiness_of(const LessonAccess& lesson) {
  std::vector<Readiness> result;
  for (std::size_t i = 0; i < kNeeds.size(); ++i)
    result.push_back(readiness_for(static_cast<Need>(i), lesson));
  return result;
}

std::string_view name_of(Need need) {
  return kNeeds[static_cast<std::size_t>(need)];
}

std::string_view name_of(Answer answer) {
  return kAnswers[static_cast<std::size_t>(answer)];
}

std::string_view name_of(Reason reason) {
  return kReasons[static_cast<std::size_t>(reason)];
}

}  // namespace tongxing::accessibility
