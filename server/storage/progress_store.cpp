// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/progress_store.hpp"

namespace tongxing::storage {
namespace {

LessonProgressRow row_of(const Rows& rows) {
  return {rows.get<LessonId>(0),     rows.get<std::string>(1),
          rows.get<Milliseconds>(2), rows.get<Milliseconds>(3),
          rows.get<Milliseconds>(4), rows.get<std::string>(5),
          rows.get<Timestamp>(6),    rows.get<std::optional<Timestamp>>(7)};
}

constexpr Sql kFind{
    "SELECT lesson_id, intervals, unique_ms, credited_ms, resume_ms, state, updated_at, completed_at "
    "FROM lesson_progress WHERE account_id = ?1 AND lesson_id = ?2"};
constexpr Sql kOfCourse{
    "SELECT p.lesson_id, p.intervals, p.unique_ms, p.credited_ms, p.resume_ms, p.state, p.updated_at, "
    "p.completed_at "
    "FROM lesson_progress p JOIN lessons l ON l.id = p.lesson_id WHERE p.account_id = ?1 AND l.course_id = "
    "?2"};
constexpr Sql kPut{
    "INSERT INTO lesson_progress (account_id, lesson_id, intervals, unique_ms, credited_ms, resume_ms, "
    "state, "
    "updated_at, completed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) "
    "ON CONFLICT (account_id, lesson_id) DO UPDATE SET intervals = excluded.intervals, unique_ms = "
    "excluded.unique_ms, "
    "credited_ms = excluded.credited_ms, resume_ms = excluded.resume_ms, state = excluded.state, "
    "updated_at = excluded.updated_at, completed_at = excluded.completed_at"};
constexpr Sql kCredited{
    "SELECT COALESCE(SUM(p.credited_ms), 0) FROM lesson_progress p JOIN lessons l ON l.id = p.lesson_id "
    "WHERE p.account_id = ?1 AND l.course_id = ?2"};
constexpr Sql kDays{"SELECT day, used_ms FROM study_days WHERE account_id = ?1 AND day >= ?2 AND day <= ?3"};
constexpr Sql kSetDay{
    "INSERT INTO study_days (account_id, day, used_ms) VALUES (?1, ?2, ?3) "
    "ON CONFLICT (account_id, day) DO UPDATE SET used_ms = excluded.used_ms"};

}  // namespace

std::optional<LessonProgressRow> ProgressStore::find(const AccountId& account, const LessonId& lesson) {
  Rows rows = db_.query(kFind, account, lesson);
  if (!rows.next()) return std::nullopt;
  return row_of(rows);
}

std::vector<LessonProgressRow> ProgressStore::of_course(const AccountId& account, const CourseId& course) {
  std::vector<LessonProgressRow> found;
  for (Rows rows = db_.query(kOfCourse, account, course); rows.next();) found.push_back(row_of(rows));
  return found;
}

void ProgressStore::put(const AccountId& account, const LessonProgressRow& row) {
  db_.run(kPut, account, row.lesson, row.intervals, row.unique, row.credited, row.resume, row.state,
          row.updated_at, row.completed_at);
}

Milliseconds ProgressStore::credited_in_course(const AccountId& account, const CourseId& course) {
  Rows rows = db_.query(kCredited, account, course);
  return rows.next() ? rows.get<Milliseconds>(0) : Milliseconds{0};
}

StudyDaysRow ProgressStore::study_days(const AccountId& account, std::int64_t day) {
  StudyDaysRow days;
  for (Rows rows = db_.query(kDays, account, day - 1, day); rows.next();) {
    (rows.get<std::int64_t>(0) == day ? days.today : days.yesterday) = rows.get<Milliseconds>(1);
  }
  return days;
}

void ProgressStore::set_study_day(const AccountId& account, std::int64_t day, Milliseconds used) {
  db_.run(kSetDay, account, day, used);
}

}  // namespace tongxing::storage
