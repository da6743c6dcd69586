// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/clock.hpp"
#include "server/base/random.hpp"
#include "server/services/teaching_access.hpp"
#include "server/storage/asset_store.hpp"
#include "server/storage/data_folder.hpp"

#include <string_view>

namespace tongxing::services {

/// Whether another version than this one shows the asset.
[[nodiscard]] bool is_shared(storage::Connection& db, const AssetId& asset, const CourseVersionId& version);

/// A prepared asset once more, with its tracks and side files, so that a draft can change its captions while
/// what was published stays as it is. Files are hard links: only what is replaced takes room. Throws
/// filesystem_error on faults.
[[nodiscard]] AssetId copy_asset(storage::Connection& db, const storage::DataLayout& layout,
                                 const storage::Asset& asset, Timestamp now, Random& random);

struct EditableAsset {
  LessonInVersion found;
  storage::Asset asset;
};

/// The prepared asset of a lesson that the viewer may edit. Refused as editable_lesson does, and with
/// ErrorCode::conflict: `none` where the lesson has no video, `not_ready` where it is not prepared (keys of
/// texts).
[[nodiscard]] Result<EditableAsset> editable_asset(storage::Connection& db, const auth::Viewer& viewer,
                                                   const LessonId& lesson, std::string_view none,
                                                   std::string_view not_ready);

/// The asset that a draft may change: a copy, which the lesson then shows, where another version shows the
/// same one. An asset that is not READY is in no other version.
[[nodiscard]] storage::Asset own_asset(storage::Connection& db, const storage::DataLayout& layout,
                                       const LessonInVersion& lesson, const storage::Asset& asset,
                                       Timestamp now, Random& random);

}  // namespace tongxing::services
