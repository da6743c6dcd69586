// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/review_store.hpp"

namespace tongxing::storage {

void ReviewStore::insert(const ReviewRow& row) {
  db_.run(
      "INSERT INTO reviews (id, version_id, reviewer_id, checklist, passed, reasons, reviewed_at) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
      row.id, row.version, row.reviewer, row.checklist, row.passed, row.reasons, row.reviewed_at);
}

std::vector<ReviewRow> ReviewStore::of_version(const CourseVersionId& version, Timestamp since) {
  std::vector<ReviewRow> found;
  auto rows = db_.query(
      "SELECT id, version_id, reviewer_id, checklist, passed, reasons, reviewed_at FROM reviews "
      "WHERE version_id = ?1 AND reviewed_at >= ?2 ORDER BY reviewed_at, id",
      version, since);
  while (rows.next()) {
    found.push_back({rows.get<std::string>(0), rows.get<CourseVersionId>(1), rows.get<AccountId>(2),
                     rows.get<std::string>(3), rows.get<bool>(4), rows.get<std::string>(5),
                     rows.get<Timestamp>(6)});
  }
  return found;
}

void ReviewStore::insert_reason(const ReviewReasonRow& row) {
  db_.run(
      "INSERT INTO review_reasons (id, version_id, reviewer_id, kind, lesson_id, at_ms, text, created_at) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
      row.id, row.version, row.reviewer, row.kind, row.lesson, row.at, row.text, row.created_at);
}

std::vector<ReviewReasonRow> ReviewStore::reasons_of_course(const CourseId& course) {
  std::vector<ReviewReasonRow> found;
  auto rows = db_.query(
      "SELECT r.id, r.version_id, r.reviewer_id, r.kind, r.lesson_id, r.at_ms, r.text, r.created_at "
      "FROM review_reasons r JOIN course_versions v ON v.id = r.version_id WHERE v.course_id = ?1 "
      "ORDER BY r.created_at DESC, r.id",
      course);
  while (rows.next()) {
    found.push_back({rows.get<std::string>(0), rows.get<CourseVersionId>(1), rows.get<AccountId>(2),
                     rows.get<std::string>(3), rows.get<std::optional<LessonId>>(4),
                     rows.get<std::optional<Milliseconds>>(5), rows.get<std::string>(6),
                     rows.get<Timestamp>(7)});
  }
  return found;
}

}  // namespace tongxing::storage
