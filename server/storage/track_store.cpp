// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/track_store.hpp"

namespace tongxing::storage {
namespace {

std::vector<TrackRow> all(Rows rows) {
  std::vector<TrackRow> found;
  while (rows.next()) {
    found.push_back({rows.get<TrackId>(0), rows.get<AssetId>(1), rows.get<std::string>(2),
                     rows.get<std::string>(3), rows.get<std::string>(4), rows.get<std::string>(5),
                     rows.get<std::int64_t>(6), rows.get<AccountId>(7), rows.get<Timestamp>(8),
                     rows.get<std::string>(9), rows.get<std::optional<AccountId>>(10),
                     rows.get<std::optional<Timestamp>>(11), rows.get<std::string>(12)});
  }
  return found;
}

}  // namespace

void TrackStore::put(const TrackRow& row) {
  db_.run(
      "INSERT INTO tracks (id, asset_id, kind, lang, folder, source, cue_count, created_by, created_at, "
      "origin, reviewed_by, reviewed_at, burned_in) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) "
      "ON CONFLICT (asset_id, kind, lang) DO UPDATE SET folder = excluded.folder, source = excluded.source, "
      "cue_count = excluded.cue_count, created_by = excluded.created_by, created_at = excluded.created_at, "
      "origin = excluded.origin, reviewed_by = excluded.reviewed_by, reviewed_at = excluded.reviewed_at, "
      "burned_in = excluded.burned_in",
      row.id, row.asset, row.kind, row.lang, row.folder, row.source, row.cue_count, row.created_by,
      row.created_at, row.origin, row.reviewed_by, row.reviewed_at, row.burned_in);
}

std::optional<TrackRow> TrackStore::find(const TrackId& id) {
  auto found =
      all(db_.query("SELECT id, asset_id, kind, lang, folder, source, cue_count, created_by, created_at, "
                    "origin, reviewed_by, reviewed_at, burned_in FROM tracks WHERE id = ?1",
                    id));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<TrackRow> TrackStore::of_asset(const AssetId& asset) {
  return all(
      db_.query("SELECT id, asset_id, kind, lang, folder, source, cue_count, created_by, created_at, "
                "origin, reviewed_by, reviewed_at, burned_in FROM tracks "
                "WHERE asset_id = ?1 AND kind IN ('CAPTION', 'SUBTITLE', 'EASY_READ') ORDER BY kind, lang",
                asset));
}

std::vector<TrackRow> TrackStore::others_of_asset(const AssetId& asset) {
  return all(db_.query(
      "SELECT id, asset_id, kind, lang, folder, source, cue_count, created_by, created_at, "
      "origin, reviewed_by, reviewed_at, burned_in FROM tracks "
      "WHERE asset_id = ?1 AND kind NOT IN ('CAPTION', 'SUBTITLE', 'EASY_READ') ORDER BY kind, lang",
      asset));
}

std::optional<TrackRow> TrackStore::description_of(const AssetId& asset) {
  auto found =
      all(db_.query("SELECT id, asset_id, kind, lang, folder, source, cue_count, created_by, created_at, "
                    "origin, reviewed_by, reviewed_at, burned_in FROM tracks "
                    "WHERE asset_id = ?1 AND kind = 'AUDIO_DESCRIPTION' ORDER BY lang LIMIT 1",
                    asset));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

bool TrackStore::set_reviewed(const TrackId& id, const AccountId& by, Timestamp at) {
  return db_.run(
             "UPDATE tracks SET origin = 'machine-reviewed', reviewed_by = ?2, reviewed_at = ?3 "
             "WHERE id = ?1 AND origin = 'machine'",
             id, by, at) > 0;
}

void TrackStore::remove(const TrackId& id) {
  db_.run("DELETE FROM tracks WHERE id = ?1", id);
}

}  // namespace tongxing::storage
