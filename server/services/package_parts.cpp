// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/package_parts.hpp"

#include "media/manifest/extended.hpp"
#include "media/package_json/package_json.hpp"
#include "server/services/text_tracks.hpp"
#include "server/storage/files.hpp"
#include "server/storage/side_file_store.hpp"
#include "server/storage/track_store.hpp"

#include <algorithm>
#include <stdexcept>

namespace tongxing::services {
namespace {

using media::model::Package;
using storage::JobKind;

bool is_described(const media::model::Rendition& rendition) {
  return rendition.role == media::model::AudioRole::description;
}

/// False: there was nothing of that kind.
bool erase(Package& package, JobKind kind) {
  if (kind == JobKind::describe) {
    const bool described = std::ranges::any_of(package.renditions, is_described);
    media::manifest::remove_description(package);
    return described;
  }
  const bool had = !package.sign.empty() || package.signed_picture;
  package.sign.clear();
  package.signed_picture.reset();
  if (package.facts) package.facts->signer.reset();
  return had;
}

void take_out(storage::Connection& db, const storage::DataLayout& layout, JobKind kind,
              storage::Asset asset) {
  auto package = media::read_package(asset.package);
  if (!package) throw std::runtime_error("the stored package of an asset cannot be read");
  if (!erase(*package, kind)) return;
  const auto folder = layout.package(asset.id, asset.version);
  asset.package = media::to_json(*package);
  write_playlists(folder, asset, storage::TrackStore(db).of_asset(asset.id));
  storage::replace_file(folder / "package.json", asset.package);
  storage::AssetStore(db).set_package(asset.id, asset.package);
}

bool is_there_to_make(storage::Connection& db, JobKind kind, const AssetId& asset) {
  storage::SideFileStore sides(db);
  if (kind == JobKind::sign) return sides.of_asset(asset, storage::SideKind::sign).has_value();
  return sides.of_asset(asset, storage::SideKind::description) ||
         storage::TrackStore(db).description_of(asset);
}

}  // namespace

void renew_addition(storage::Connection& db, const storage::DataLayout& layout, JobKind kind,
                    const storage::Asset& asset, Timestamp now, Random& random) {
  storage::JobStore jobs(db);
  jobs.cancel(kind, asset.id, now);
  if (is_there_to_make(db, kind, asset.id)) {
    jobs.enqueue(kind, new_id<JobId>(random), asset.id, now);
  } else if (asset.state == storage::AssetState::ready) {
    take_out(db, layout, kind, asset);
  }
}

}  // namespace tongxing::services
