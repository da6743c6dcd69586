// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/clock.hpp"
#include "server/base/id.hpp"
#include "server/storage/connection.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace tongxing::storage {

/// What is known of one lesson for the question who can take it.
struct LessonAccessRow {
  CourseVersionId version;
  LessonId lesson;
  std::int64_t rules = 0;  ///< which rules it was measured by
  std::string facts;       ///< JSON
  Timestamp measured_at;
};

/// Rows of `lesson_access`. Lives as long as one job on one connection. Throws DatabaseError on faults only.
class LessonAccessStore {
 public:
  explicit LessonAccessStore(Connection& db) : db_(db) {}

  /// Replaces what was known of that lesson in that version.
  void put(const LessonAccessRow& row);
  /// In the order of the lessons; lessons that were never measured are left out.
  [[nodiscard]] std::vector<LessonAccessRow> of_version(const CourseVersionId& version);

 private:
  Connection& db_;
};

}  // namespace tongxing::storage
