// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/clock.hpp"
#include "server/base/id.hpp"
#include "server/storage/connection.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tongxing::storage {

struct LessonProgressRow {
  LessonId lesson;
  std::string intervals;  ///< courses::Intervals::text()
  Milliseconds unique{0};
  Milliseconds credited{0};
  Milliseconds resume{0};
  std::string state;  ///< IN_PROGRESS, COVERED, COMPLETED
  Timestamp updated_at;
  std::optional<Timestamp> completed_at;
};

/// Credited time of one learner on two days that follow each other.
struct StudyDaysRow {
  Milliseconds today{0};
  Milliseconds yesterday{0};
};

/// Rows of `lesson_progress` and `study_days`. Lives for one job on one connection.
class ProgressStore {
 public:
  explicit ProgressStore(Connection& db) : db_(db) {}

  [[nodiscard]] std::optional<LessonProgressRow> find(const AccountId& account, const LessonId& lesson);
  /// Every lesson of the course that the learner has begun, in whatever version.
  [[nodiscard]] std::vector<LessonProgressRow> of_course(const AccountId& account, const CourseId& course);
  void put(const AccountId& account, const LessonProgressRow& row);
  /// Sum over the lessons of a course.
  [[nodiscard]] Milliseconds credited_in_course(const AccountId& account, const CourseId& course);

  /// Of `day` and the day before (days since 1970-01-01 in Asia/Shanghai).
  [[nodiscard]] StudyDaysRow study_days(const AccountId& account, std::int64_t day);
  void set_study_day(const AccountId& account, std::int64_t day, Milliseconds used);

 private:
  Connection& db_;
};

}  // namespace tongxing::storage
