// SPDX-License-Identifier: GPL-3.0-or-later
#include "courses/learning/completion.hpp"

#include <algorithm>

namespace tongxing::courses {
namespace {

/// The least whole millisecond that reaches the threshold.
Milliseconds needed(const LessonRule& rule) {
  return Milliseconds{(rule.duration.count() * rule.threshold_percent + 99) / 100};
}

}  // namespace

std::string_view name_of(LessonStage stage) {
  switch (stage) {
    case LessonStage::not_started:
      return "NOT_STARTED";
    case LessonStage::in_progress:
      return "IN_PROGRESS";
    case LessonStage::covered:
      return "COVERED";
    case LessonStage::completed:
      return "COMPLETED";
  }
  return "";
}

std::optional<LessonStage> lesson_stage_from(std::string_view name) {
  for (const auto stage :
       {LessonStage::not_started, LessonStage::in_progress, LessonStage::covered, LessonStage::completed}) {
    if (name_of(stage) == name) return stage;
  }
  return std::nullopt;
}

bool reaches_threshold(const LessonRule& rule, Milliseconds played) {
  return rule.duration.count() > 0 && played >= needed(rule);
}

LessonStage lesson_stage(LessonStage previous, const LessonRule& rule, Milliseconds played) {
  auto stage = played.count() > 0 ? LessonStage::in_progress : LessonStage::not_started;
  if (reaches_threshold(rule, played)) stage = LessonStage::covered;
  stage = std::max(stage, previous);
  return stage == LessonStage::covered && rule.quiz != Quiz::open ? LessonStage::completed : stage;
}

Missing what_is_missing(const LessonRule& rule, const Intervals& played) {
  const auto covered = played.covered_in({Milliseconds{0}, rule.duration});
  return {.to_threshold = std::max(Milliseconds{0}, needed(rule) - covered),
          .uncovered = rule.duration - covered,
          .first_uncovered = played.first_uncovered(rule.duration),
          .quiz = rule.quiz};
}

bool course_completed(std::span<const LessonStanding> lessons) {
  const auto done = [](const LessonStanding& lesson) { return lesson.stage == LessonStage::completed; };
  const auto optional = [](const LessonStanding& lesson) {
    return lesson.duty == LessonStanding::Duty::optional;
  };
  return std::ranges::any_of(lessons, done) &&
         std::ranges::all_of(lessons,
                             [&](const LessonStanding& lesson) { return done(lesson) || optional(lesson); });
}

}  // namespace tongxing::courses
