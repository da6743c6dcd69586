// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/upload_store.hpp"

namespace tongxing::storage {
namespace {

std::vector<UploadRow> all(Rows rows) {
  std::vector<UploadRow> found;
  while (rows.next()) {
    UploadRow row;
    row.id = rows.get<UploadId>(0);
    row.owner = rows.get<AccountId>(1);
    row.lesson = rows.get<LessonId>(2);
    row.length_bytes = rows.get<std::int64_t>(3);
    row.offset_bytes = rows.get<std::int64_t>(4);
    row.file_name = rows.get<std::string>(5);
    row.media_type = rows.get<std::string>(6);
    row.state = rows.get<std::string>(7);
    row.created_at = rows.get<Timestamp>(8);
    row.expires_at = rows.get<Timestamp>(9);
    row.asset = rows.get<std::optional<AssetId>>(10);
    row.purpose = rows.get<std::string>(11);
    row.side_offset = rows.get<Milliseconds>(12);
    found.push_back(std::move(row));
  }
  return found;
}

UploadTotals totals_from(Rows rows) {
  if (!rows.next()) return {};
  return {rows.get<std::int64_t>(0), rows.get<std::int64_t>(1), rows.get<std::int64_t>(2)};
}

// Literals only become SQL, so the column list is a macro; undefined at the end of the file.
#define TONGXING_SELECT_UPLOAD                                                                             \
  "SELECT id, owner_id, lesson_id, length_bytes, offset_bytes, file_name, media_type, state, created_at, " \
  "expires_at, asset_id, purpose, offset_ms FROM uploads "
#define TONGXING_SELECT_TOTALS                                                                      \
  "SELECT COUNT(*), COALESCE(SUM(length_bytes), 0), COALESCE(SUM(length_bytes - offset_bytes), 0) " \
  "FROM uploads WHERE state = 'UPLOADING'"

}  // namespace

void UploadStore::insert(const UploadRow& row) {
  db_.run(
      "INSERT INTO uploads (id, owner_id, lesson_id, length_bytes, offset_bytes, file_name, media_type, "
      "state, "
      "created_at, expires_at, purpose, offset_ms) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
      row.id, row.owner, row.lesson, row.length_bytes, row.offset_bytes, row.file_name, row.media_type,
      row.state, row.created_at, row.expires_at, row.purpose, row.side_offset);
}

std::optional<UploadRow> UploadStore::find(const UploadId& id) {
  auto found = all(db_.query(TONGXING_SELECT_UPLOAD "WHERE id = ?1", id));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<UploadRow> UploadStore::open_for_lesson(const AccountId& owner, const LessonId& lesson) {
  return all(
      db_.query(TONGXING_SELECT_UPLOAD
                "WHERE owner_id = ?1 AND lesson_id = ?2 AND state = 'UPLOADING' ORDER BY created_at DESC, id",
                owner, lesson));
}

UploadTotals UploadStore::totals_of(const AccountId& owner) {
  return totals_from(db_.query(TONGXING_SELECT_TOTALS " AND owner_id = ?1", owner));
}

UploadTotals UploadStore::totals() {
  return totals_from(db_.query(TONGXING_SELECT_TOTALS));
}

std::int64_t UploadStore::stored_bytes_of(const AccountId& owner) {
  auto rows = db_.query(
      "SELECT COALESCE(SUM(source_bytes), 0) FROM ("
      "SELECT source_bytes FROM media_assets WHERE owner_id = ?1 "
      "UNION ALL SELECT source_bytes FROM side_files WHERE owner_id = ?1) AS files",
      owner);
  return rows.next() ? rows.get<std::int64_t>(0) : 0;
}

std::vector<UploadRow> UploadStore::open() {
  return all(db_.query(TONGXING_SELECT_UPLOAD "WHERE state = 'UPLOADING' ORDER BY id"));
}

std::vector<UploadRow> UploadStore::expired(Timestamp now) {
  return all(
      db_.query(TONGXING_SELECT_UPLOAD "WHERE state = 'UPLOADING' AND expires_at <= ?1 ORDER BY id", now));
}

bool UploadStore::record_offset(const UploadId& id, std::int64_t offset, Timestamp expires_at) {
  return db_.run(
             "UPDATE uploads SET offset_bytes = ?2, expires_at = ?3 WHERE id = ?1 AND state = 'UPLOADING'",
             id, offset, expires_at) == 1;
}

bool UploadStore::end(const UploadId& id, std::string_view state) {
  return db_.run("UPDATE uploads SET state = ?2 WHERE id = ?1 AND state = 'UPLOADING'", id, state) == 1;
}

bool UploadStore::complete(const UploadId& id, const AssetId& asset) {
  return db_.run(
             "UPDATE uploads SET state = 'UPLOADED', offset_bytes = length_bytes, asset_id = ?2 "
             "WHERE id = ?1 AND state = 'UPLOADING'",
             id, asset) == 1;
}

#undef TONGXING_SELECT_UPLOAD
#undef TONGXING_SELECT_TOTALS

}  // namespace tongxing::storage
