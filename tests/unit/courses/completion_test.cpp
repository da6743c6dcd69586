// SPDX-License-Identifier: GPL-3.0-or-later
#include "courses/learning/completion.hpp"

#include "courses/learning/policy.hpp"
#include "tests/support/catch.hpp"

#include <vector>

namespace {

using namespace tongxing::courses;
using namespace std::chrono_literals;
using Duty = LessonStanding::Duty;

LessonRule ten_minutes(const Policy& policy, Quiz quiz = Quiz::open) {
  return {.duration = 600s, .threshold_percent = policy.threshold_percent, .quiz = quiz};
}

TEST_CASE("V15: the threshold is met to the second") {
  const auto stage = [](const Policy& policy, Milliseconds played) {
    return lesson_stage(LessonStage::not_started, ten_minutes(policy), played);
  };
  CHECK(stage(open_policy(), 539s) == LessonStage::in_progress);
  CHECK(stage(open_policy(), 540s) == LessonStage::covered);
  CHECK(stage(credit_policy(), 539s) == LessonStage::in_progress);
  CHECK(stage(credit_policy(), 540s) == LessonStage::covered);
  CHECK(stage(subsidised_policy(), 569s) == LessonStage::in_progress);
  CHECK(stage(subsidised_policy(), 570s) == LessonStage::covered);
}

TEST_CASE("A covered lesson is completed when its quiz is passed or it has none") {
  const auto& policy = open_policy();
  CHECK(lesson_stage(LessonStage::not_started, ten_minutes(policy, Quiz::none), 600s) ==
        LessonStage::completed);
  CHECK(lesson_stage(LessonStage::in_progress, ten_minutes(policy, Quiz::open), 600s) ==
        LessonStage::covered);
  CHECK(lesson_stage(LessonStage::covered, ten_minutes(policy, Quiz::passed), 600s) ==
        LessonStage::completed);
  CHECK(lesson_stage(LessonStage::in_progress, ten_minutes(policy, Quiz::passed), 5s) ==
        LessonStage::in_progress);
}

TEST_CASE("A lesson never goes back") {
  const auto rule = ten_minutes(open_policy());
  CHECK(lesson_stage(LessonStage::completed, rule, 0s) == LessonStage::completed);
  CHECK(lesson_stage(LessonStage::covered, rule, 1s) == LessonStage::covered);
  CHECK(lesson_stage(LessonStage::in_progress, rule, 0s) == LessonStage::in_progress);
  CHECK(lesson_stage(LessonStage::not_started, rule, 0s) == LessonStage::not_started);
}

TEST_CASE("A lesson without a measured duration can not be covered") {
  const LessonRule rule{.duration = 0s, .threshold_percent = 90};
  CHECK(lesson_stage(LessonStage::not_started, rule, 0s) == LessonStage::not_started);
  CHECK(lesson_stage(LessonStage::not_started, rule, 5s) == LessonStage::in_progress);
}

TEST_CASE("What is missing is told as a value") {
  Intervals played;
  const auto rule = ten_minutes(open_policy());
  auto missing = what_is_missing(rule, played);
  CHECK(missing.to_threshold == 540s);
  CHECK(missing.uncovered == 600s);
  CHECK(missing.first_uncovered == 0s);
  CHECK(missing.quiz == Quiz::open);
  played.insert({0s, 300s});
  played.insert({310s, 600s});
  missing = what_is_missing(rule, played);
  CHECK(missing.to_threshold == 0s);
  CHECK(missing.uncovered == 10s);
  CHECK(missing.first_uncovered == 300s);
  played.insert({0s, 600s});
  missing = what_is_missing(rule, played);
  CHECK(missing.uncovered == 0s);
  CHECK(missing.first_uncovered == std::nullopt);
}

TEST_CASE("What is missing never promises too little: a threshold between two milliseconds is rounded up") {
  const LessonRule rule{.duration = 1001ms, .threshold_percent = 90};
  CHECK_FALSE(reaches_threshold(rule, 900ms));
  CHECK(reaches_threshold(rule, 901ms));
  CHECK(what_is_missing(rule, {}).to_threshold == 901ms);
}

TEST_CASE("A course is completed when all its mandatory lessons are") {
  using Stage = LessonStage;
  CHECK_FALSE(course_completed({}));
  CHECK(course_completed(std::vector<LessonStanding>{{Stage::completed, Duty::mandatory}}));
  CHECK(course_completed(std::vector<LessonStanding>{{Stage::completed, Duty::mandatory},
                                                     {Stage::not_started, Duty::optional}}));
  CHECK_FALSE(course_completed(
      std::vector<LessonStanding>{{Stage::completed, Duty::mandatory}, {Stage::covered, Duty::mandatory}}));
  CHECK_FALSE(course_completed(std::vector<LessonStanding>{{Stage::in_progress, Duty::optional}}));
}

TEST_CASE("Names of stages are those of the table") {
  for (const auto stage :
       {LessonStage::not_started, LessonStage::in_progress, LessonStage::covered, LessonStage::completed}) {
    CHECK(lesson_stage_from(name_of(stage)) == stage);
  }
  CHECK_FALSE(lesson_stage_from("covered").has_value());
}

}  // namespace
