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

using CreditEntryId = Id<struct CreditEntryTag>;

/// One line of the ledger.
struct CreditEntryRow {
  CreditEntryId id;
  AccountId account;
  CourseId course;
  std::optional<LessonId> lesson;
  std::string kind;  ///< TIME, QUIZ, COMPLETION, REVERSAL
  std::int64_t points = 0;
  std::string basis;   ///< what it was computed from: JSON, for people and auditors
  std::string policy;  ///< id of the policy
  Timestamp posted_at;
};

/// A ledger line with the titles that a learner knows.
struct CreditLineRow {
  CreditEntryRow entry;
  std::string course_title;
  std::string lesson_title;  ///< empty where the entry belongs to no lesson
};

/// The append-only ledger. Lives for one job on one connection.
class CreditStore {
 public:
  explicit CreditStore(Connection& db) : db_(db) {}

  void post(const CreditEntryRow& row);
  /// Points of one kind in one course so far, reversals not counted.
  [[nodiscard]] std::int64_t posted(const AccountId& account, const CourseId& course, std::string_view kind);
  [[nodiscard]] std::int64_t total(const AccountId& account);
  [[nodiscard]] std::int64_t total_in_course(const AccountId& account, const CourseId& course);
  /// Newest first.
  [[nodiscard]] std::vector<CreditLineRow> lines(const AccountId& account, std::int64_t limit,
                                                 std::int64_t offset);
  [[nodiscard]] std::int64_t count(const AccountId& account);

 private:
  Connection& db_;
};

}  // namespace tongxing::storage
