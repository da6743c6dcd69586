// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/asset_view.hpp"

#include "server/services/teaching_access.hpp"
#include "server/storage/job_store.hpp"

#include <utility>

namespace tongxing::services {

Result<AssetView> asset_view(storage::Connection& db, const auth::Viewer& viewer, const AssetId& id) {
  if (!may_see_asset(db, viewer, id)) return fail(ErrorCode::not_found, "errors.teaching.asset_not_found");
  auto asset = storage::AssetStore(db).get(id);
  if (!asset) return fail(ErrorCode::not_found, "errors.teaching.asset_not_found");
  return asset_view_of(db, std::move(*asset));
}

AssetView asset_view_of(storage::Connection& db, storage::Asset asset) {
  AssetView view{std::move(asset), "{}"};
  if (const auto job = storage::JobStore(db).of_asset(view.asset.id)) view.progress = job->progress;
  return view;
}

}  // namespace tongxing::services
