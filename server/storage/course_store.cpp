// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/course_store.hpp"

namespace tongxing::storage {
namespace {

CourseRow read(const Rows& rows) {
  return {rows.get<CourseId>(0), rows.get<AccountId>(1), rows.get<Timestamp>(2),
          rows.get<std::optional<CourseVersionId>>(3)};
}

}  // namespace

void CourseStore::insert(const CourseRow& row) {
  db_.run("INSERT INTO courses (id, author_id, created_at, published_version_id) VALUES (?1, ?2, ?3, ?4)",
          row.id, row.author, row.created_at, row.published_version);
}

std::optional<CourseRow> CourseStore::find(const CourseId& id) {
  auto rows =
      db_.query("SELECT id, author_id, created_at, published_version_id FROM courses WHERE id = ?1", id);
  if (!rows.next()) return std::nullopt;
  return read(rows);
}

std::vector<CourseRow> CourseStore::by_author(const AccountId& author) {
  std::vector<CourseRow> found;
  auto rows = db_.query(
      "SELECT id, author_id, created_at, published_version_id FROM courses WHERE author_id = ?1 "
      "ORDER BY created_at DESC, id",
      author);
  while (rows.next()) found.push_back(read(rows));
  return found;
}

void CourseStore::set_published(const CourseId& id, const std::optional<CourseVersionId>& version) {
  db_.run("UPDATE courses SET published_version_id = ?2 WHERE id = ?1", id, version);
}

}  // namespace tongxing::storage
