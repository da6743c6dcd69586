// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/lesson_progress.hpp"

#include <stdexcept>

namespace tongxing::services {

namespace {

/// Players report to the millisecond: a hole that nobody can hear is no place to send a learner to.
constexpr Milliseconds kShortestGap{1000};

std::optional<Milliseconds> first_gap_worth_going_to(const courses::Intervals& played,
                                                     Milliseconds duration) {
  const auto gaps = played.gaps(duration);
  for (const courses::Interval& gap : gaps) {
    if (gap.to - gap.from >= kShortestGap) return gap.from;
  }
  return std::nullopt;
}

}  // namespace

const courses::Policy& policy_of_course(std::string_view kind) {
  return courses::current_policy(courses::track_from(kind).value_or(courses::Track::open));
}

int threshold_of(const courses::Policy& policy, std::int64_t lesson_percent) {
  const int usual = courses::open_policy().threshold_percent;
  return lesson_percent == usual ? policy.threshold_percent : static_cast<int>(lesson_percent);
}

courses::Intervals intervals_from(std::string_view stored) {
  auto parsed = courses::Intervals::parse(stored);
  if (!parsed) throw std::runtime_error("stored progress is damaged");
  return *std::move(parsed);
}

LessonProgress progress_of(const courses::LessonRule& rule, courses::LessonStage stage,
                           const courses::Intervals& played, Milliseconds credited, Milliseconds resume) {
  const courses::Missing missing = courses::what_is_missing(rule, played);
  LessonProgress progress;
  progress.stage = stage;
  progress.duration = rule.duration;
  progress.unique = played.covered_in({Milliseconds{0}, rule.duration});
  progress.credited = credited;
  progress.missing = missing.to_threshold;
  progress.resume = resume;
  progress.first_gap = first_gap_worth_going_to(played, rule.duration);
  return progress;
}

LessonProgress no_progress(const courses::LessonRule& rule) {
  return progress_of(rule, courses::LessonStage::not_started, {}, Milliseconds{0}, Milliseconds{0});
}

}  // namespace tongxing::services
