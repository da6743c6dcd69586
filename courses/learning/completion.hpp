// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "courses/learning/intervals.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

/// When a lesson and a course are done, and what is missing (rule book §2.5.6; states of a lesson: model
/// §2.3.6).
namespace tongxing::courses {

/// Rising order: a lesson never goes back, whatever happens to its course.
enum class LessonStage : std::uint8_t { not_started, in_progress, covered, completed };

/// "NOT_STARTED", "IN_PROGRESS", "COVERED", "COMPLETED": the text of lesson_progress.state.
[[nodiscard]] std::string_view name_of(LessonStage stage);
[[nodiscard]] std::optional<LessonStage> lesson_stage_from(std::string_view name);

/// The mandatory quiz of a lesson.
enum class Quiz : std::uint8_t { none, open, passed };

/// What a lesson asks for.
struct LessonRule {
  Milliseconds duration{0};    ///< measured; a lesson without a duration can not be covered
  int threshold_percent = 90;  ///< 80…100
  Quiz quiz = Quiz::none;
};

/// Whether `played` is at least the threshold, to the millisecond.
[[nodiscard]] bool reaches_threshold(const LessonRule& rule, Milliseconds played);

/// The stage after `played` of unique media time; never before `previous`.
[[nodiscard]] LessonStage lesson_stage(LessonStage previous, const LessonRule& rule, Milliseconds played);

/// What a learner still has to do in a lesson, as a value that pages put into words.
struct Missing {
  Milliseconds to_threshold{0};                 ///< unique time still needed; 0: covered
  Milliseconds uncovered{0};                    ///< all that was not played
  std::optional<Milliseconds> first_uncovered;  ///< where to go on; nullopt: everything was played
  Quiz quiz = Quiz::none;                       ///< `open`: a quiz is still to be passed
};

[[nodiscard]] Missing what_is_missing(const LessonRule& rule, const Intervals& played);

/// One lesson of a course, as the learner has it.
struct LessonStanding {
  enum class Duty : std::uint8_t { mandatory, optional };
  LessonStage stage = LessonStage::not_started;
  Duty duty = Duty::mandatory;
};

/// All mandatory lessons are completed, and there is at least one lesson that is.
[[nodiscard]] bool course_completed(std::span<const LessonStanding> lessons);

}  // namespace tongxing::courses
