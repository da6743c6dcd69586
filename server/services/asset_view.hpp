// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/viewer.hpp"
#include "server/base/result.hpp"
#include "server/storage/asset_store.hpp"

#include <string>

namespace tongxing::services {

/// An asset and how far its preparation is.
struct AssetView {
  storage::Asset asset;
  std::string progress = "{}";  ///< JSON, see server/jobs/progress.hpp
};

/// For whoever may see the asset while it is not public (teaching_access.hpp); `not_found` for everybody
/// else. Only reads.
[[nodiscard]] Result<AssetView> asset_view(storage::Connection& db, const auth::Viewer& viewer,
                                           const AssetId& asset);

/// The same without the question who asks, for a page that has asked it.
[[nodiscard]] AssetView asset_view_of(storage::Connection& db, storage::Asset asset);

}  // namespace tongxing::services
