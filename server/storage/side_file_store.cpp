// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/side_file_store.hpp"

#include <utility>

namespace tongxing::storage {
namespace {

std::vector<SideFile> all(Rows rows) {
  std::vector<SideFile> found;
  while (rows.next()) {
    found.push_back({rows.get<AssetId>(0), rows.get<AssetId>(1),
                     side_kind(rows.get<std::string>(2)).value_or(SideKind::sign), rows.get<AccountId>(3),
                     rows.get<std::string>(4), rows.get<std::int64_t>(5), rows.get<std::string>(6),
                     rows.get<Milliseconds>(7), rows.get<Timestamp>(8)});
  }
  return found;
}

}  // namespace

std::string_view to_text(SideKind kind) {
  return kind == SideKind::sign ? "SIGN" : "DESCRIPTION";
}

std::optional<SideKind> side_kind(std::string_view text) {
  for (const SideKind kind : {SideKind::sign, SideKind::description}) {
    if (to_text(kind) == text) return kind;
  }
  return std::nullopt;
}

void SideFileStore::insert(const SideFile& file) {
  connection_.run(
      "INSERT INTO side_files (id, asset_id, kind, owner_id, file_name, source_bytes, source_sha256, "
      "offset_ms, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
      file.id, file.asset, to_text(file.kind), file.owner, file.file_name, file.source_bytes,
      file.source_sha256, file.offset, file.created_at);
}

std::optional<SideFile> SideFileStore::of_asset(const AssetId& asset, SideKind kind) {
  auto found = all(connection_.query(
      "SELECT id, asset_id, kind, owner_id, file_name, source_bytes, source_sha256, offset_ms, created_at "
      "FROM side_files WHERE asset_id = ?1 AND kind = ?2",
      asset, to_text(kind)));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<SideFile> SideFileStore::of_asset(const AssetId& asset) {
  return all(connection_.query(
      "SELECT id, asset_id, kind, owner_id, file_name, source_bytes, source_sha256, offset_ms, created_at "
      "FROM side_files WHERE asset_id = ?1 ORDER BY kind",
      asset));
}

void SideFileStore::set_offset(const AssetId& file, Milliseconds offset) {
  connection_.run("UPDATE side_files SET offset_ms = ?2 WHERE id = ?1", file, offset);
}

void SideFileStore::remove(const AssetId& file) {
  connection_.run("DELETE FROM side_files WHERE id = ?1", file);
}

}  // namespace tongxing::storage
