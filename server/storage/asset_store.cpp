// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/asset_store.hpp"

#include <array>
#include <utility>

namespace tongxing::storage {

namespace {

constexpr std::array<std::pair<AssetState, std::string_view>, 6> kStates{{
    {AssetState::uploaded, "UPLOADED"},
    {AssetState::probing, "PROBING"},
    {AssetState::transcoding, "TRANSCODING"},
    {AssetState::ready, "READY"},
    {AssetState::failed, "FAILED"},
    {AssetState::quarantined, "QUARANTINED"},
}};

Asset asset_of(const Rows& row) {
  Asset asset;
  asset.id = row.get<AssetId>(0);
  asset.owner = row.get<AccountId>(1);
  asset.lesson = row.get<LessonId>(2);
  asset.state = asset_state(row.get<std::string>(3)).value_or(AssetState::failed);
  asset.file_name = row.get<std::string>(4);
  asset.source_bytes = row.get<std::int64_t>(5);
  asset.source_sha256 = row.get<std::string>(6);
  asset.version = row.get<std::string>(7);
  asset.duration = row.get<Milliseconds>(8);
  asset.has_video = row.get<bool>(9);
  asset.has_audio = row.get<bool>(10);
  asset.package = row.get<std::string>(11);
  asset.failure_key = row.get<std::string>(12);
  asset.failure_args = row.get<std::string>(13);
  asset.created_at = row.get<Timestamp>(14);
  asset.ready_at = row.get<std::optional<Timestamp>>(15);
  return asset;
}

std::vector<Asset> assets_of(Rows rows) {
  std::vector<Asset> assets;
  while (rows.next()) assets.push_back(asset_of(rows));
  return assets;
}

}  // namespace

std::string_view to_text(AssetState state) {
  for (const auto& [known, text] : kStates) {
    if (known == state) return text;
  }
  std::unreachable();
}

std::optional<AssetState> asset_state(std::string_view text) {
  for (const auto& [state, known] : kStates) {
    if (known == text) return state;
  }
  return std::nullopt;
}

void AssetStore::create(const NewAsset& asset, Timestamp now) {
  connection_.run(
      "INSERT INTO media_assets (id, owner_id, lesson_id, state, file_name, source_bytes, source_sha256, "
      "created_at) "
      "VALUES (?1, ?2, ?3, 'UPLOADED', ?4, ?5, ?6, ?7)",
      asset.id, asset.owner, asset.lesson, asset.file_name, asset.source_bytes, asset.source_sha256, now);
}

std::optional<Asset> AssetStore::get(const AssetId& id) {
  Rows rows = connection_.query(
      "SELECT id, owner_id, lesson_id, state, file_name, source_bytes, source_sha256, version, duration_ms, "
      "has_video, "
      "has_audio, package, failure_key, failure_args, created_at, ready_at FROM media_assets WHERE id = ?1",
      id);
  if (!rows.next()) return std::nullopt;
  return asset_of(rows);
}

std::vector<Asset> AssetStore::of_lesson(const LessonId& lesson) {
  return assets_of(
      connection_.query("SELECT id, owner_id, lesson_id, state, file_name, source_bytes, source_sha256, "
                        "version, duration_ms, has_video, "
                        "has_audio, package, failure_key, failure_args, created_at, ready_at FROM "
                        "media_assets WHERE lesson_id = ?1 "
                        "ORDER BY created_at DESC, id",
                        lesson));
}

std::vector<Asset> AssetStore::ready() {
  return assets_of(
      connection_.query("SELECT id, owner_id, lesson_id, state, file_name, source_bytes, source_sha256, "
                        "version, duration_ms, has_video, "
                        "has_audio, package, failure_key, failure_args, created_at, ready_at FROM "
                        "media_assets WHERE state = 'READY' "
                        "ORDER BY id"));
}

void AssetStore::set_state(const AssetId& id, AssetState state) {
  connection_.run("UPDATE media_assets SET state = ?2 WHERE id = ?1", id, to_text(state));
}

void AssetStore::set_ready(const AssetId& id, const ReadyAsset& found, Timestamp now) {
  connection_.run(
      "UPDATE media_assets SET state = 'READY', version = ?2, package = ?3, duration_ms = ?4, has_video = "
      "?5, "
      "has_audio = ?6, failure_key = '', failure_args = '{}', ready_at = ?7 WHERE id = ?1",
      id, found.version, found.package, found.duration, found.has_video, found.has_audio, now);
}

void AssetStore::set_package(const AssetId& id, std::string_view package) {
  connection_.run("UPDATE media_assets SET package = ?2 WHERE id = ?1", id, package);
}

void AssetStore::set_failed(const AssetId& id, AssetState state, std::string_view key,
                            std::string_view args) {
  connection_.run("UPDATE media_assets SET state = ?2, failure_key = ?3, failure_args = ?4 WHERE id = ?1", id,
                  to_text(state), key, args);
}

}  // namespace tongxing::storage
