// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/credit_store.hpp"

namespace tongxing::storage {
namespace {

/// The titles are those of the version that the learner began, or of the newest that has the lesson.
constexpr Sql kLines{
    "SELECT c.id, c.account_id, c.course_id, c.lesson_id, c.kind, c.points, c.basis, c.policy, c.posted_at, "
    "COALESCE((SELECT v.title FROM course_versions v JOIN enrollments e ON e.version_id = v.id "
    "WHERE e.account_id = c.account_id AND e.course_id = c.course_id), ''), "
    "COALESCE((SELECT l.title FROM version_lessons l JOIN course_versions v ON v.id = l.version_id "
    "WHERE l.lesson_id = c.lesson_id ORDER BY v.number DESC LIMIT 1), '') "
    "FROM credit_entries c WHERE c.account_id = ?1 ORDER BY c.posted_at DESC, c.id LIMIT ?2 OFFSET ?3"};

std::int64_t number_of(Rows rows) {
  return rows.next() ? rows.get<std::int64_t>(0) : 0;
}

}  // namespace

void CreditStore::post(const CreditEntryRow& row) {
  db_.run(
      "INSERT INTO credit_entries (id, account_id, course_id, lesson_id, kind, points, basis, policy, "
      "posted_at) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
      row.id, row.account, row.course, row.lesson, row.kind, row.points, row.basis, row.policy,
      row.posted_at);
}

std::int64_t CreditStore::posted(const AccountId& account, const CourseId& course, std::string_view kind) {
  return number_of(
      db_.query("SELECT COALESCE(SUM(points), 0) FROM credit_entries WHERE account_id = ?1 AND course_id = "
                "?2 AND kind = ?3",
                account, course, kind));
}

std::int64_t CreditStore::total(const AccountId& account) {
  return number_of(
      db_.query("SELECT COALESCE(SUM(points), 0) FROM credit_entries WHERE account_id = ?1", account));
}

std::int64_t CreditStore::total_in_course(const AccountId& account, const CourseId& course) {
  return number_of(db_.query(
      "SELECT COALESCE(SUM(points), 0) FROM credit_entries WHERE account_id = ?1 AND course_id = ?2", account,
      course));
}

std::vector<CreditLineRow> CreditStore::lines(const AccountId& account, std::int64_t limit,
                                              std::int64_t offset) {
  std::vector<CreditLineRow> found;
  for (Rows rows = db_.query(kLines, account, limit, offset); rows.next();) {
    CreditEntryRow entry{rows.get<CreditEntryId>(0), rows.get<AccountId>(1),
                         rows.get<CourseId>(2),      rows.get<std::optional<LessonId>>(3),
                         rows.get<std::string>(4),   rows.get<std::int64_t>(5),
                         rows.get<std::string>(6),   rows.get<std::string>(7),
                         rows.get<Timestamp>(8)};
    found.push_back({std::move(entry), rows.get<std::string>(9), rows.get<std::string>(10)});
  }
  return found;
}

std::int64_t CreditStore::count(const AccountId& account) {
  return number_of(db_.query("SELECT COUNT(*) FROM credit_entries WHERE account_id = ?1", account));
}

}  // namespace tongxing::storage
