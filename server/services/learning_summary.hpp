// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/viewer.hpp"
#include "server/base/clock.hpp"
#include "server/base/id.hpp"
#include "server/services/catalogue.hpp"
#include "server/services/lesson_progress.hpp"
#include "server/storage/connection.hpp"
#include "server/storage/credit_store.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What a learner has done, what is missing, and what it was worth.
namespace tongxing::services {

/// Progress in each lesson of the course, in the course's order.
[[nodiscard]] std::vector<LessonProgress> progress_in(storage::Connection& db, const AccountId& account,
                                                      const CourseView& course);

struct CourseProgress {
  CourseView course;
  std::vector<LessonProgress> lessons;  ///< beside course.lessons
  Milliseconds credited{0};
  std::string class_hours;  ///< credited, "0.10"
  std::int64_t points = 0;
  std::size_t done = 0;             ///< lessons completed
  std::optional<std::size_t> next;  ///< the first mandatory lesson that is not; where to go on
};

/// Courses that the viewer is enrolled in, newest first. Suspended ones are left out.
[[nodiscard]] std::vector<CourseProgress> my_learning(storage::Connection& db, const auth::Viewer& viewer);

inline constexpr std::int64_t kLinesPerPage = 50;

struct CreditStatement {
  std::int64_t total = 0;
  std::vector<storage::CreditLineRow> lines;  ///< newest first
  std::int64_t entries = 0;
  std::int64_t page = 1;
  std::int64_t pages = 1;
};

/// The learner's ledger; `page` counts from 1 and is brought into range.
[[nodiscard]] CreditStatement my_credits(storage::Connection& db, const auth::Viewer& viewer,
                                         std::int64_t page);

}  // namespace tongxing::services
