// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/clock.hpp"
#include "server/base/id.hpp"
#include "server/storage/connection.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tongxing::storage {

/// One checklist as one reviewer judged it. Append-only: the newest of a checklist counts.
struct ReviewRow {
  std::string id;
  CourseVersionId version;
  AccountId reviewer;
  std::string checklist;  ///< CONTENT, ACCESSIBILITY, RIGHTS
  bool passed = false;
  std::string reasons;  ///< the reviewer's note
  Timestamp reviewed_at;
};

/// Why a version was returned or suspended: text, and where in which lesson.
struct ReviewReasonRow {
  std::string id;
  CourseVersionId version;
  AccountId reviewer;
  std::string kind;                ///< RETURN, SUSPEND
  std::optional<LessonId> lesson;  ///< none: the course as a whole
  std::optional<Milliseconds> at;  ///< time code in that lesson
  std::string text;
  Timestamp created_at;
};

/// Rows of `reviews` and `review_reasons`. Lives as long as one job on one connection. Throws DatabaseError
/// on faults.
class ReviewStore {
 public:
  explicit ReviewStore(Connection& db) : db_(db) {}

  void insert(const ReviewRow& row);
  /// Since `since` (the last submission), oldest first.
  [[nodiscard]] std::vector<ReviewRow> of_version(const CourseVersionId& version, Timestamp since);
  void insert_reason(const ReviewReasonRow& row);
  /// Newest first.
  [[nodiscard]] std::vector<ReviewReasonRow> reasons_of_course(const CourseId& course);

 private:
  Connection& db_;
};

}  // namespace tongxing::storage
