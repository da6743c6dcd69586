// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/tick_store.hpp"

namespace tongxing::storage {

void TickStore::put(const TickRow& row) {
  db_.run(
      "INSERT INTO lesson_ticks (version_id, lesson_id, point, about, ticked_by, ticked_at) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (version_id, lesson_id, point) DO UPDATE SET "
      "about = excluded.about, ticked_by = excluded.ticked_by, ticked_at = excluded.ticked_at",
      row.version, row.lesson, row.point, row.about, row.ticked_by, row.ticked_at);
}

void TickStore::remove(const CourseVersionId& version, const LessonId& lesson, std::string_view point) {
  db_.run("DELETE FROM lesson_ticks WHERE version_id = ?1 AND lesson_id = ?2 AND point = ?3", version, lesson,
          point);
}

std::vector<TickRow> TickStore::of_lesson(const LessonId& lesson) {
  std::vector<TickRow> found;
  auto rows = db_.query(
      "SELECT version_id, lesson_id, point, about, ticked_by, ticked_at FROM lesson_ticks "
      "WHERE lesson_id = ?1 ORDER BY ticked_at DESC, version_id, point",
      lesson);
  while (rows.next()) {
    found.push_back({rows.get<CourseVersionId>(0), rows.get<LessonId>(1), rows.get<std::string>(2),
                     rows.get<std::string>(3), rows.get<AccountId>(4), rows.get<Timestamp>(5)});
  }
  return found;
}

}  // namespace tongxing::storage
