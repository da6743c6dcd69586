// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "courses/learning/completion.hpp"
#include "courses/learning/intervals.hpp"
#include "courses/learning/policy.hpp"
#include "server/base/clock.hpp"
#include "server/storage/connection.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tongxing::services {

/// What a learner has of one lesson, and what is missing.
struct LessonProgress {
  courses::LessonStage stage = courses::LessonStage::not_started;
  Milliseconds duration{0};
  Milliseconds unique{0};  ///< really played, each second once
  Milliseconds credited{0};
  Milliseconds missing{0};  ///< still to be played to reach the threshold
  Milliseconds resume{0};
  std::optional<Milliseconds> first_gap;  ///< start of the first second or more that was not played
};

/// The policy of a course: the current one of its kind.
[[nodiscard]] const courses::Policy& policy_of_course(std::string_view kind);

/// The threshold of a lesson: what the lesson says, or the policy's where the lesson says only the usual.
[[nodiscard]] int threshold_of(const courses::Policy& policy, std::int64_t lesson_percent);

/// Stored intervals as a value. Throws storage::DatabaseError's base (std::runtime_error) when they are
/// damaged: that is a fault, not an outcome.
[[nodiscard]] courses::Intervals intervals_from(std::string_view stored);

[[nodiscard]] LessonProgress progress_of(const courses::LessonRule& rule, courses::LessonStage stage,
                                         const courses::Intervals& played, Milliseconds credited,
                                         Milliseconds resume);

/// Nothing played yet.
[[nodiscard]] LessonProgress no_progress(const courses::LessonRule& rule);

}  // namespace tongxing::services
