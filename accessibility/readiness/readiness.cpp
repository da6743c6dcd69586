// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/readiness/readiness.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace tongxing::accessibility {
namespace {

/// An answer that gets worse with everything that is said against it.
class Verdict {
 public:
  void good(Why why) { reasons_.push_back({why, 0, 0}); }
  void note(Why why) { reasons_.push_back({why, 0, 0}); }
  void lack(Answer answer, Why why, std::int64_t value = 0, std::int64_t limit = 0) {
    answer_ = std::max(answer_, answer);
    reasons_.push_back({why, value, limit});
  }
  void ease_to(Answer answer) { answer_ = std::min(answer_, answer); }
  void forget(Why why) {
    std::erase_if(reasons_, [&](const Reason& reason) { return reason.why == why; });
  }
  void add(const Verdict& other) {
    answer_ = std::max(answer_, other.answer_);
    reasons_.insert(reasons_.end(), other.reasons_.begin(), other.reasons_.end());
  }
  [[nodiscard]] Answer answer() const { return answer_; }
  [[nodiscard]] Readiness as(Need need) && { return {need, answer_, std::move(reasons_)}; }

 private:
  Answer answer_ = Answer::yes;
  std::vector<Reason> reasons_;
};

/// How much of the speech a track leaves out decides whether it can be followed.
void judge_coverage(Verdict& verdict, const TextTrackFacts& track) {
  if (!track.speech_covered || *track.speech_covered >= kLeastCovered) return;
  const Answer answer = *track.speech_covered < kHopelesslyCovered ? Answer::no : Answer::with_difficulty;
  verdict.lack(answer, Why::captions_incomplete, *track.speech_covered, kLeastCovered);
}

Verdict by_ear(const AccessFacts& lesson) {
  Verdict verdict;
  if (!lesson.has_picture) {
    verdict.good(Why::no_picture);
  } else if (lesson.description) {
    verdict.good(Why::has_description);
    if (!lesson.description->as_sound) verdict.lack(Answer::with_difficulty, Why::description_not_sound);
    if (lesson.description->errors > 0) {
      verdict.lack(Answer::with_difficulty, Why::description_below_rule, lesson.description->errors);
    }
  } else if (!lesson.has_sound) {
    // A silent picture tells nothing to somebody who can not see it, statement or not.
    verdict.lack(Answer::no, Why::only_picture);
    verdict.lack(Answer::no, Why::description_missing);
  } else if (lesson.nothing_unspoken) {
    verdict.good(Why::nothing_unspoken);
  } else {
    verdict.lack(Answer::no, Why::description_missing);
  }
  return verdict;
}

/// Somebody who sees a little follows an undescribed picture as long as it can be made out.
Verdict with_low_vision(const AccessFacts& lesson) {
  Verdict verdict = by_ear(lesson);
  if (verdict.answer() == Answer::yes) return verdict;
  if (lesson.contrast == Contrast::poor) {
    verdict.lack(Answer::with_difficulty, Why::contrast_poor);
    return verdict;
  }
  verdict.ease_to(Answer::with_difficulty);
  if (lesson.contrast == Contrast::unknown) verdict.note(Why::contrast_unknown);
  return verdict;
}

Verdict by_captions(const AccessFacts& lesson) {
  Verdict verdict;
  if (!lesson.has_sound) {
    verdict.good(Why::no_sound);
  } else if (lesson.captions) {
    verdict.good(Why::has_captions);
    if (lesson.captions->errors > 0) {
      verdict.lack(Answer::with_difficulty, Why::captions_below_rule, lesson.captions->errors);
    }
    if (lesson.captions->unreviewed) verdict.lack(Answer::with_difficulty, Why::captions_unreviewed);
    judge_coverage(verdict, *lesson.captions);
  } else if (lesson.subtitles) {
    verdict.lack(Answer::with_difficulty, Why::subtitles_only);
  } else {
    verdict.lack(Answer::no, Why::captions_missing);
  }
  return verdict;
}

Verdict by_eye(const AccessFacts& lesson) {
  Verdict verdict = by_captions(lesson);
  if (!lesson.has_sound) return verdict;
  if (lesson.sign && lesson.sign->errors == 0) {
    verdict.ease_to(Answer::with_difficulty);
    verdict.good(Why::has_sign_language);
  } else if (lesson.sign) {
    verdict.lack(verdict.answer(), Why::sign_below_rule, lesson.sign->errors);
  } else if (lesson.has_picture && verdict.answer() == Answer::yes) {
    verdict.note(Why::sign_missing);
  }
  return verdict;
}

/// Somebody who hears a little follows what stands out from what sounds behind it.
Verdict with_little_hearing(const AccessFacts& lesson) {
  Verdict verdict = by_eye(lesson);
  verdict.forget(Why::sign_missing);
  if (verdict.answer() == Answer::yes) return verdict;
  const auto& over = lesson.speech_over_background_db;
  if (over && *over < kLeastSpeechOverBackground) {
    verdict.lack(Answer::with_difficulty, Why::background_loud, *over, kLeastSpeechOverBackground);
    return verdict;
  }
  verdict.ease_to(Answer::with_difficulty);
  return verdict;
}

Verdict words_as_text(const AccessFacts& lesson) {
  Verdict verdict;
  if (!lesson.has_sound) return verdict;
  if (lesson.has_own_transcript) {
    verdict.good(Why::has_transcript);
  } else if (lesson.captions) {
    // Speed and length of lines do not matter to a reader of the transcript; what is left out does.
    verdict.good(Why::has_transcript);
    if (lesson.captions->unreviewed) verdict.lack(Answer::with_difficulty, Why::captions_unreviewed);
    judge_coverage(verdict, *lesson.captions);
  } else if (lesson.subtitles) {
    verdict.lack(Answer::with_difficulty, Why::subtitles_only);
  } else {
    verdict.lack(Answer::no, Why::transcript_missing);
  }
  return verdict;
}

Verdict picture_as_text(const AccessFacts& lesson) {
  Verdict verdict;
  const Answer without = lesson.has_sound ? Answer::with_difficulty : Answer::no;
  if (!lesson.has_picture) {
    verdict.good(Why::no_picture);
  } else if (lesson.description && lesson.description->as_text) {
    verdict.good(Why::has_description_text);
  } else if (lesson.description) {
    verdict.lack(without, Why::description_not_text);
  } else if (lesson.has_sound && lesson.nothing_unspoken) {
    verdict.good(Why::nothing_unspoken);
  } else {
    verdict.lack(without, Why::description_missing);
  }
  return verdict;
}

/// Braille needs the words, and what is only to be seen, as text.
Verdict by_touch(const AccessFacts& lesson) {
  Verdict verdict = words_as_text(lesson);
  verdict.add(picture_as_text(lesson));
  return verdict;
}

Verdict in_plain_words(const AccessFacts& lesson) {
  Verdict verdict;
  if (!lesson.easy_read) {
    verdict.lack(Answer::with_difficulty, Why::easy_read_missing);
    return verdict;
  }
  verdict.good(Why::has_easy_read);
  if (lesson.easy_read->errors > 0) {
    verdict.lack(Answer::with_difficulty, Why::easy_read_below_rule, lesson.easy_read->errors);
  }
  return verdict;
}

Verdict over_weak_network(const AccessFacts& lesson) {
  Verdict verdict;
  if (lesson.least_bandwidth > 0 && lesson.least_bandwidth <= kWeakNetwork) {
    verdict.good(Why::has_low_rendition);
  } else if (lesson.has_slides) {
    verdict.good(Why::has_slides);
  } else if (lesson.has_audio_only) {
    verdict.good(Why::has_audio_only);
    if (lesson.least_bandwidth > 0) verdict.lack(Answer::with_difficulty, Why::low_rendition_missing);
  } else {
    verdict.lack(Answer::no, Why::low_rendition_missing);
  }
  return verdict;
}

/// What is the same for everybody; nullopt: it depends on the need.
std::optional<Verdict> for_everybody(Need need, const AccessFacts& lesson) {
  Verdict verdict;
  if (lesson.form == LessonForm::text) {
    verdict.good(Why::is_text);
  } else if (lesson.form == LessonForm::practice) {
    verdict.lack(Answer::with_difficulty, Why::in_person);
  } else if (lesson.media == MediaState::missing) {
    verdict.lack(Answer::no, Why::media_missing);
  } else if (lesson.media == MediaState::in_work) {
    verdict.lack(Answer::no, Why::media_in_work);
  } else if (lesson.media == MediaState::unusable) {
    verdict.lack(Answer::no, Why::media_unusable);
  } else if (need == Need::cannot_use_hands) {
    verdict.good(Why::keyboard_and_switch);
  } else {
    return std::nullopt;
  }
  return verdict;
}

Verdict by_need(Need need, const AccessFacts& lesson) {
  switch (need) {
    case Need::cannot_see:
      return by_ear(lesson);
    case Need::low_vision:
      return with_low_vision(lesson);
    case Need::cannot_hear:
      return by_eye(lesson);
    case Need::hard_of_hearing:
      return with_little_hearing(lesson);
    case Need::cannot_see_or_hear:
      return by_touch(lesson);
    case Need::reads_with_difficulty:
      return in_plain_words(lesson);
    case Need::cannot_use_hands:
    case Need::weak_network:
      break;
  }
  return over_weak_network(lesson);
}

Verdict judge(Need need, const AccessFacts& lesson) {
  auto verdict = for_everybody(need, lesson).value_or(by_need(need, lesson));
  const bool shown =
      lesson.form == LessonForm::media && lesson.media == MediaState::ready && lesson.has_picture;
  // Who does not see may sit beside somebody who does, and nobody can be asked for their epilepsy.
  if (shown && lesson.flashes == Flashes::harmful) verdict.lack(Answer::no, Why::flashes_harmful);
  return verdict;
}

}  // namespace

Readiness readiness_for(Need need, const AccessFacts& lesson) {
  return judge(need, lesson).as(need);
}

std::vector<Readiness> readiness_of(const AccessFacts& lesson) {
  std::vector<Readiness> result;
  result.reserve(kNeedCount);
  for (std::size_t i = 0; i < kNeedCount; ++i) {
    result.push_back(readiness_for(static_cast<Need>(i), lesson));
  }
  return result;
}

std::vector<CourseReadiness> readiness_of_course(std::span<const AccessFacts> lessons) {
  std::vector<CourseReadiness> result;
  for (std::size_t i = 0; i < kNeedCount; ++i) {
    CourseReadiness row{static_cast<Need>(i), lessons.empty() ? Answer::no : Answer::yes};
    for (const auto& lesson : lessons) {
      const Answer answer = judge(row.need, lesson).answer();
      row.answer = std::max(row.answer, answer);
      ++(answer == Answer::yes ? row.yes : answer == Answer::no ? row.no : row.with_difficulty);
    }
    result.push_back(row);
  }
  return result;
}

}  // namespace tongxing::accessibility
