// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/asset_copy.hpp"

#include "server/storage/files.hpp"
#include "server/storage/lesson_store.hpp"
#include "server/storage/side_file_store.hpp"
#include "server/storage/track_store.hpp"

#include <algorithm>
#include <iterator>
#include <system_error>

namespace tongxing::services {

bool is_shared(storage::Connection& db, const AssetId& asset, const CourseVersionId& version) {
  const auto uses = storage::LessonStore(db).with_asset(asset);
  return std::ranges::any_of(uses, [&](const auto& use) { return use.version != version; });
}

AssetId copy_asset(storage::Connection& db, const storage::DataLayout& layout, const storage::Asset& asset,
                   Timestamp now, Random& random) {
  const AssetId copy = new_id<AssetId>(random);
  const auto target = layout.package(copy, asset.version);
  std::filesystem::create_directories(target);
  std::filesystem::copy(
      layout.package(asset.id, asset.version), target,
      std::filesystem::copy_options::recursive | std::filesystem::copy_options::create_hard_links);
  storage::sync_tree(layout.media(copy));
  storage::sync_path(layout.media());
  if (std::filesystem::exists(layout.original(asset.id))) {
    std::filesystem::create_hard_link(layout.original(asset.id), layout.original(copy));
    storage::sync_path(layout.originals());
  }
  storage::AssetStore assets(db);
  assets.create({copy, asset.owner, asset.lesson, asset.file_name, asset.source_bytes, asset.source_sha256},
                now);
  assets.set_ready(copy, {asset.version, asset.package, asset.duration, asset.has_video, asset.has_audio},
                   now);
  storage::TrackStore tracks(db);
  auto rows = tracks.of_asset(asset.id);
  std::ranges::move(tracks.others_of_asset(asset.id), std::back_inserter(rows));
  for (auto& track : rows) {
    track.id = new_id<TrackId>(random);
    track.asset = copy;
    tracks.put(track);
  }
  storage::SideFileStore sides(db);
  for (auto& side : sides.of_asset(asset.id)) {
    const AssetId own = new_id<AssetId>(random);
    std::error_code missing;  // of the file: what was made of it stays
    std::filesystem::create_hard_link(layout.original(side.id), layout.original(own), missing);
    if (missing) continue;
    storage::sync_path(layout.originals());
    side.id = own;
    side.asset = copy;
    sides.insert(side);
  }
  return copy;
}

storage::Asset own_asset(storage::Connection& db, const storage::DataLayout& layout,
                         const LessonInVersion& lesson, const storage::Asset& asset, Timestamp now,
                         Random& random) {
  if (asset.state != storage::AssetState::ready || !is_shared(db, asset.id, lesson.version.id)) return asset;
  const AssetId copy = copy_asset(db, layout, asset, now, random);
  storage::LessonStore(db).attach(lesson.version.id, lesson.lesson.lesson, copy);
  return *storage::AssetStore(db).get(copy);
}

Result<EditableAsset> editable_asset(storage::Connection& db, const auth::Viewer& viewer,
                                     const LessonId& lesson, std::string_view none,
                                     std::string_view not_ready) {
  auto found = editable_lesson(db, viewer, lesson);
  if (!found) return std::unexpected(found.error());
  if (!found->lesson.asset) return fail(ErrorCode::conflict, std::string(none));
  auto asset = storage::AssetStore(db).get(*found->lesson.asset);
  if (!asset || asset->state != storage::AssetState::ready) {
    return fail(ErrorCode::conflict, std::string(not_ready));
  }
  return EditableAsset{std::move(*found), std::move(*asset)};
}

}  // namespace tongxing::services
