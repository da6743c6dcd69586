// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/clock.hpp"
#include "server/base/id.hpp"
#include "server/storage/connection.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tongxing::storage {

struct CourseVersionRow {
  CourseVersionId id;
  CourseId course;
  AccountId author;         ///< of the course
  std::int64_t number = 1;  ///< from 1, within the course
  std::string state;        ///< as stored: DRAFT, SUBMITTED, …
  std::string title;
  std::string summary;
  std::string language;  ///< BCP 47 tag of the teaching: cmn, yue, en
  std::string policy;    ///< OPEN, CREDIT, SUBSIDISED
  std::string
      visual_statement;  ///< the reviewer's recorded "no unspoken visual information"; empty: not recorded
  Timestamp created_at;
  std::optional<Timestamp> submitted_at;
  std::optional<Timestamp> published_at;
  std::optional<AccountId> reviewer;  ///< who took it into review
  std::string author_name;            ///< display name
  std::string content_hash;           ///< SHA-256 of the content when it was approved, as hexadecimal text
};

/// Rows of `course_versions`. Lives as long as one job on one connection. Throws DatabaseError on faults
/// only.
class CourseVersionStore {
 public:
  explicit CourseVersionStore(Connection& db) : db_(db) {}

  /// `author` is not stored here: it belongs to the course.
  void insert(const CourseVersionRow& row);
  [[nodiscard]] std::optional<CourseVersionRow> find(const CourseVersionId& id);
  [[nodiscard]] std::optional<CourseVersionRow> latest(const CourseId& course);
  /// Newest version first.
  [[nodiscard]] std::vector<CourseVersionRow> by_course(const CourseId& course);
  /// SUBMITTED, IN_REVIEW and APPROVED versions of other authors, the longest waiting first.
  [[nodiscard]] std::vector<CourseVersionRow> waiting_for_review(const AccountId& not_by);
  /// PUBLISHED and SUSPENDED versions of any author, newest publication first; at most `limit`.
  [[nodiscard]] std::vector<CourseVersionRow> supervised(std::int64_t limit);

  /// Title, summary, language and policy.
  void update_details(const CourseVersionRow& row);
  /// Changes the state if it still is `from`; false when it is not (somebody was faster).
  [[nodiscard]] bool move(const CourseVersionId& id, std::string_view from, std::string_view to);
  void set_submitted(const CourseVersionId& id, Timestamp at);
  void set_reviewer(const CourseVersionId& id, const std::optional<AccountId>& reviewer);
  void set_visual_statement(const CourseVersionId& id, std::string_view statement);
  void set_content_hash(const CourseVersionId& id, std::string_view hash);
  void set_published_at(const CourseVersionId& id, Timestamp at);

 private:
  Connection& db_;
};

}  // namespace tongxing::storage
