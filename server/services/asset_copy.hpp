// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/clock.hpp"
#include "server/base/random.hpp"
#include "server/services/teaching_access.hpp"
#include "server/storage/asset_store.hpp"
#include "server/storage/data_folder.hpp"

namespace tongxing::services {

/// Whether another version than this one shows the asset.
[[nodiscard]] bool is_shared(storage::Connection& db, const AssetId& asset, const CourseVersionId& version);

/// A prepared asset once more, with its tracks and side files, so that a draft can change its captions while
/// what was published stays as it is. Files are hard links: only what is replaced takes room. Throws
/// filesystem_error on faults.
[[nodiscard]] AssetId copy_asset(storage::Connection& db, const storage::DataLayout& layout,
                                 const storage::Asset& asset, Timestamp now, Random& random);

/// The asset that a draft may change: a copy, which the lesson then shows, where another version shows the
/// same one. An asset that is not READY is in no other version.
[[nodiscard]] storage::Asset own_asset(storage::Connection& db, const storage::DataLayout& layout,
                                       const LessonInVersion& lesson, const storage::Asset& asset,
                                       Timestamp now, Random& random);

}  // namespace tongxing::services
