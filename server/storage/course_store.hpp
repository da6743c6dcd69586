// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/clock.hpp"
#include "server/base/id.hpp"
#include "server/storage/connection.hpp"

#include <optional>
#include <vector>

namespace tongxing::storage {

struct CourseRow {
  CourseId id;
  AccountId author;
  Timestamp created_at;
  std::optional<CourseVersionId> published_version;  ///< what the catalogue shows
};

/// Rows of `courses`: the identity of a course through all its versions. Lives as long as one job on one
/// connection. Throws DatabaseError on faults only.
class CourseStore {
 public:
  explicit CourseStore(Connection& db) : db_(db) {}

  void insert(const CourseRow& row);
  [[nodiscard]] std::optional<CourseRow> find(const CourseId& id);
  /// Newest first.
  [[nodiscard]] std::vector<CourseRow> by_author(const AccountId& author);
  /// Nothing takes the course out of the catalogue.
  void set_published(const CourseId& id, const std::optional<CourseVersionId>& version);

 private:
  Connection& db_;
};

}  // namespace tongxing::storage
