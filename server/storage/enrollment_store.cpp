// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/enrollment_store.hpp"

namespace tongxing::storage {
namespace {

EnrollmentRow row_of(const Rows& rows) {
  return {rows.get<EnrollmentId>(0),
          rows.get<AccountId>(1),
          rows.get<CourseId>(2),
          rows.get<CourseVersionId>(3),
          rows.get<std::string>(4),
          rows.get<Timestamp>(5),
          rows.get<std::optional<Timestamp>>(6)};
}

}  // namespace

std::optional<EnrollmentRow> EnrollmentStore::find(const AccountId& account, const CourseId& course) {
  Rows rows = db_.query(
      "SELECT id, account_id, course_id, version_id, state, created_at, completed_at FROM enrollments "
      "WHERE account_id = ?1 AND course_id = ?2",
      account, course);
  if (!rows.next()) return std::nullopt;
  return row_of(rows);
}

std::vector<EnrollmentRow> EnrollmentStore::of(const AccountId& account) {
  std::vector<EnrollmentRow> found;
  Rows rows = db_.query(
      "SELECT id, account_id, course_id, version_id, state, created_at, completed_at FROM enrollments "
      "WHERE account_id = ?1 AND state <> 'WITHDRAWN' ORDER BY created_at DESC, id",
      account);
  while (rows.next()) found.push_back(row_of(rows));
  return found;
}

void EnrollmentStore::insert(const EnrollmentRow& row) {
  db_.run(
      "INSERT INTO enrollments (id, account_id, course_id, version_id, state, created_at) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
      row.id, row.account, row.course, row.version, row.state, row.created_at);
}

void EnrollmentStore::complete(const EnrollmentId& id, Timestamp at) {
  db_.run(
      "UPDATE enrollments SET state = 'COMPLETED', completed_at = ?2 WHERE id = ?1 AND state = 'LEARNING'",
      id, at);
}

void EnrollmentStore::resume(const EnrollmentId& id) {
  db_.run("UPDATE enrollments SET state = 'LEARNING' WHERE id = ?1 AND state = 'WITHDRAWN'", id);
}

}  // namespace tongxing::storage
