// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/clock.hpp"
#include "server/base/random.hpp"
#include "server/base/result.hpp"
#include "server/storage/connection.hpp"
#include "server/storage/data_folder.hpp"
#include "server/storage/upload_store.hpp"

#include <optional>
#include <string>

namespace tongxing::services {

/// The asset that an upload becomes: it has the upload's random bits, so a completion that was cut short
/// finds itself again and is done once only.
[[nodiscard]] AssetId asset_of(const UploadId& upload);

/// What became of a whole upload.
struct CompletedUpload {
  AssetId asset;  ///< the lesson's
  /// The file that this one replaces; to be removed after the commit.
  std::optional<AssetId> replaced{};
};

/// The upload is whole: makes the asset, attaches it to the lesson in the draft, and queues its preparation,
/// all in the caller's transaction; a file beside the lesson's video joins the asset that the draft has.
/// Doing it again changes nothing. Fails with `conflict` when the lesson can no longer be edited.
[[nodiscard]] Result<CompletedUpload> complete_upload(storage::Connection& db,
                                                      const storage::DataLayout& layout,
                                                      const storage::UploadRow& upload,
                                                      const std::string& sha256, Timestamp now,
                                                      Random& random);

}  // namespace tongxing::services
