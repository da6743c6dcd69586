// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/course_version_store.hpp"

namespace tongxing::storage {
namespace {

CourseVersionRow read(const Rows& rows) {
  CourseVersionRow row;
  row.id = rows.get<CourseVersionId>(0);
  row.course = rows.get<CourseId>(1);
  row.author = rows.get<AccountId>(2);
  row.number = rows.get<std::int64_t>(3);
  row.state = rows.get<std::string>(4);
  row.title = rows.get<std::string>(5);
  row.summary = rows.get<std::string>(6);
  row.language = rows.get<std::string>(7);
  row.policy = rows.get<std::string>(8);
  row.visual_statement = rows.get<std::string>(9);
  row.created_at = rows.get<Timestamp>(10);
  row.submitted_at = rows.get<std::optional<Timestamp>>(11);
  row.published_at = rows.get<std::optional<Timestamp>>(12);
  row.reviewer = rows.get<std::optional<AccountId>>(13);
  row.content_hash = rows.get<std::string>(14);
  row.author_name = rows.get<std::string>(15);
  return row;
}

std::vector<CourseVersionRow> all(Rows rows) {
  std::vector<CourseVersionRow> found;
  while (rows.next()) found.push_back(read(rows));
  return found;
}

std::optional<CourseVersionRow> first(Rows rows) {
  if (!rows.next()) return std::nullopt;
  return read(rows);
}

// Literals only become SQL, so the column list is a macro; undefined at the end of the file.
#define TONGXING_SELECT_VERSION                                                                          \
  "SELECT v.id, v.course_id, c.author_id, v.number, v.state, v.title, v.summary, v.language, v.policy, " \
  "v.visual_statement, v.created_at, v.submitted_at, v.published_at, v.reviewer_id, v.content_hash, "    \
  "a.display_name "                                                                                      \
  "FROM course_versions v JOIN courses c ON c.id = v.course_id JOIN accounts a ON a.id = c.author_id "

}  // namespace

void CourseVersionStore::insert(const CourseVersionRow& row) {
  db_.run(
      "INSERT INTO course_versions (id, course_id, number, state, title, summary, language, policy, "
      "visual_statement, "
      "created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
      row.id, row.course, row.number, row.state, row.title, row.summary, row.language, row.policy,
      row.visual_statement, row.created_at);
}

std::optional<CourseVersionRow> CourseVersionStore::find(const CourseVersionId& id) {
  return first(db_.query(TONGXING_SELECT_VERSION "WHERE v.id = ?1", id));
}

std::optional<CourseVersionRow> CourseVersionStore::latest(const CourseId& course) {
  return first(
      db_.query(TONGXING_SELECT_VERSION "WHERE v.course_id = ?1 ORDER BY v.number DESC LIMIT 1", course));
}

std::vector<CourseVersionRow> CourseVersionStore::by_course(const CourseId& course) {
  return all(db_.query(TONGXING_SELECT_VERSION "WHERE v.course_id = ?1 ORDER BY v.number DESC", course));
}

std::vector<CourseVersionRow> CourseVersionStore::waiting_for_review(const AccountId& not_by) {
  return all(db_.query(TONGXING_SELECT_VERSION
                       "WHERE v.state IN ('SUBMITTED', 'IN_REVIEW', 'APPROVED') AND c.author_id <> ?1 "
                       "ORDER BY v.submitted_at, v.id",
                       not_by));
}

std::vector<CourseVersionRow> CourseVersionStore::supervised(std::int64_t limit) {
  return all(
      db_.query(TONGXING_SELECT_VERSION
                "WHERE v.state IN ('PUBLISHED', 'SUSPENDED') ORDER BY v.published_at DESC, v.id LIMIT ?1",
                limit));
}

void CourseVersionStore::update_details(const CourseVersionRow& row) {
  db_.run("UPDATE course_versions SET title = ?2, summary = ?3, language = ?4, policy = ?5 WHERE id = ?1",
          row.id, row.title, row.summary, row.language, row.policy);
}

bool CourseVersionStore::move(const CourseVersionId& id, std::string_view from, std::string_view to) {
  return db_.run("UPDATE course_versions SET state = ?3 WHERE id = ?1 AND state = ?2", id, from, to) == 1;
}

void CourseVersionStore::set_submitted(const CourseVersionId& id, Timestamp at) {
  db_.run("UPDATE course_versions SET submitted_at = ?2 WHERE id = ?1", id, at);
}

void CourseVersionStore::set_reviewer(const CourseVersionId& id, const std::optional<AccountId>& reviewer) {
  db_.run("UPDATE course_versions SET reviewer_id = ?2 WHERE id = ?1", id, reviewer);
}

void CourseVersionStore::set_visual_statement(const CourseVersionId& id, std::string_view statement) {
  db_.run("UPDATE course_versions SET visual_statement = ?2 WHERE id = ?1", id, statement);
}

void CourseVersionStore::set_content_hash(const CourseVersionId& id, std::string_view hash) {
  db_.run("UPDATE course_versions SET content_hash = ?2 WHERE id = ?1", id, hash);
}

void CourseVersionStore::set_published_at(const CourseVersionId& id, Timestamp at) {
  db_.run("UPDATE course_versions SET published_at = ?2 WHERE id = ?1", id, at);
}

#undef TONGXING_SELECT_VERSION

}  // namespace tongxing::storage
