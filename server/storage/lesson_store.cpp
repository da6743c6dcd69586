// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/lesson_store.hpp"

namespace tongxing::storage {
namespace {

VersionLessonRow read(const Rows& rows) {
  VersionLessonRow row;
  row.version = rows.get<CourseVersionId>(0);
  row.lesson = rows.get<LessonId>(1);
  row.ordinal = rows.get<std::int64_t>(2);
  row.type = rows.get<std::string>(3);
  row.title = rows.get<std::string>(4);
  row.summary = rows.get<std::string>(5);
  row.asset = rows.get<std::optional<AssetId>>(6);
  row.mandatory = rows.get<bool>(7);
  row.threshold_percent = rows.get<std::int64_t>(8);
  return row;
}

std::vector<VersionLessonRow> all(Rows rows) {
  std::vector<VersionLessonRow> found;
  while (rows.next()) found.push_back(read(rows));
  return found;
}

std::optional<VersionLessonRow> first(Rows rows) {
  if (!rows.next()) return std::nullopt;
  return read(rows);
}

// Literals only become SQL, so the column list is a macro; undefined at the end of the file.
#define TONGXING_SELECT_LESSON                                                                         \
  "SELECT l.version_id, l.lesson_id, l.ordinal, l.type, l.title, l.summary, l.asset_id, l.mandatory, " \
  "l.threshold_percent FROM version_lessons l "

}  // namespace

void LessonStore::insert(const LessonId& lesson, const CourseId& course, Timestamp now) {
  db_.run("INSERT INTO lessons (id, course_id, created_at) VALUES (?1, ?2, ?3)", lesson, course, now);
}

std::optional<CourseId> LessonStore::course_of(const LessonId& lesson) {
  auto rows = db_.query("SELECT course_id FROM lessons WHERE id = ?1", lesson);
  if (!rows.next()) return std::nullopt;
  return rows.get<CourseId>(0);
}

void LessonStore::add_to_version(const VersionLessonRow& row) {
  db_.run(
      "INSERT INTO version_lessons (version_id, lesson_id, ordinal, type, title, summary, asset_id, "
      "mandatory, "
      "threshold_percent) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
      row.version, row.lesson, row.ordinal, row.type, row.title, row.summary, row.asset, row.mandatory,
      row.threshold_percent);
}

std::vector<VersionLessonRow> LessonStore::of_version(const CourseVersionId& version) {
  return all(db_.query(TONGXING_SELECT_LESSON "WHERE l.version_id = ?1 ORDER BY l.ordinal", version));
}

std::optional<VersionLessonRow> LessonStore::find(const CourseVersionId& version, const LessonId& lesson) {
  return first(
      db_.query(TONGXING_SELECT_LESSON "WHERE l.version_id = ?1 AND l.lesson_id = ?2", version, lesson));
}

std::optional<VersionLessonRow> LessonStore::latest(const LessonId& lesson) {
  return first(db_.query(TONGXING_SELECT_LESSON
                         "JOIN course_versions v ON v.id = l.version_id WHERE l.lesson_id = ?1 "
                         "ORDER BY v.number DESC LIMIT 1",
                         lesson));
}

std::vector<VersionLessonRow> LessonStore::with_asset(const AssetId& asset) {
  return all(db_.query(TONGXING_SELECT_LESSON "WHERE l.asset_id = ?1", asset));
}

void LessonStore::update(const CourseVersionId& version, const LessonId& lesson, std::string_view title,
                         std::string_view summary) {
  db_.run("UPDATE version_lessons SET title = ?3, summary = ?4 WHERE version_id = ?1 AND lesson_id = ?2",
          version, lesson, title, summary);
}

void LessonStore::attach(const CourseVersionId& version, const LessonId& lesson, const AssetId& asset) {
  db_.run("UPDATE version_lessons SET asset_id = ?3 WHERE version_id = ?1 AND lesson_id = ?2", version,
          lesson, asset);
}

void LessonStore::reorder(const CourseVersionId& version, const std::vector<LessonId>& lessons) {
  // (version, ordinal) is unique at every moment: step aside into the negative numbers first.
  db_.run("UPDATE version_lessons SET ordinal = -ordinal WHERE version_id = ?1", version);
  std::int64_t ordinal = 0;
  for (const LessonId& lesson : lessons) {
    ++ordinal;
    db_.run("UPDATE version_lessons SET ordinal = ?3 WHERE version_id = ?1 AND lesson_id = ?2", version,
            lesson, ordinal);
  }
}

void LessonStore::remove(const CourseVersionId& version, const LessonId& lesson) {
  db_.run("DELETE FROM version_lessons WHERE version_id = ?1 AND lesson_id = ?2", version, lesson);
  std::vector<LessonId> rest;
  for (const VersionLessonRow& row : of_version(version)) rest.push_back(row.lesson);
  reorder(version, rest);
}

void LessonStore::copy(const CourseVersionId& from, const CourseVersionId& to) {
  db_.run(
      "INSERT INTO version_lessons (version_id, lesson_id, ordinal, type, title, summary, asset_id, "
      "mandatory, "
      "threshold_percent) SELECT ?2, lesson_id, ordinal, type, title, summary, asset_id, mandatory, "
      "threshold_percent "
      "FROM version_lessons WHERE version_id = ?1",
      from, to);
}

#undef TONGXING_SELECT_LESSON

}  // namespace tongxing::storage
