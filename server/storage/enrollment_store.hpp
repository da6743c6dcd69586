// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/clock.hpp"
#include "server/base/id.hpp"
#include "server/storage/connection.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tongxing::storage {

struct EnrollmentRow {
  EnrollmentId id;
  AccountId account;
  CourseId course;
  CourseVersionId version;  ///< the one that the learner began
  std::string state;        ///< LEARNING, COMPLETED, WITHDRAWN
  Timestamp created_at;
  std::optional<Timestamp> completed_at;
};

/// Rows of `enrollments`: one a learner and course. Lives for one job on one connection.
class EnrollmentStore {
 public:
  explicit EnrollmentStore(Connection& db) : db_(db) {}

  [[nodiscard]] std::optional<EnrollmentRow> find(const AccountId& account, const CourseId& course);
  /// Newest first; withdrawn ones are left out.
  [[nodiscard]] std::vector<EnrollmentRow> of(const AccountId& account);
  void insert(const EnrollmentRow& row);
  void complete(const EnrollmentId& id, Timestamp at);
  /// A learner who had withdrawn comes back.
  void resume(const EnrollmentId& id);

 private:
  Connection& db_;
};

}  // namespace tongxing::storage
