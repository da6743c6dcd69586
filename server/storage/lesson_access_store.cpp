// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/lesson_access_store.hpp"

namespace tongxing::storage {

void LessonAccessStore::put(const LessonAccessRow& row) {
  db_.run(
      "INSERT INTO lesson_access (version_id, lesson_id, rules, facts, measured_at) VALUES (?1, ?2, ?3, ?4, "
      "?5) "
      "ON CONFLICT (version_id, lesson_id) DO UPDATE SET rules = excluded.rules, facts = excluded.facts, "
      "measured_at = excluded.measured_at",
      row.version, row.lesson, row.rules, row.facts, row.measured_at);
}

std::vector<LessonAccessRow> LessonAccessStore::of_version(const CourseVersionId& version) {
  std::vector<LessonAccessRow> found;
  Rows rows = db_.query(
      "SELECT a.version_id, a.lesson_id, a.rules, a.facts, a.measured_at FROM lesson_access a "
      "JOIN version_lessons l ON l.version_id = a.version_id AND l.lesson_id = a.lesson_id "
      "WHERE a.version_id = ?1 ORDER BY l.ordinal",
      version);
  while (rows.next()) {
    found.push_back({rows.get<CourseVersionId>(0), rows.get<LessonId>(1), rows.get<std::int64_t>(2),
                     rows.get<std::string>(3), rows.get<Timestamp>(4)});
  }
  return found;
}

}  // namespace tongxing::storage
