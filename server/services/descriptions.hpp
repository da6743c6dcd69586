// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/package.hpp"
#include "server/auth/viewer.hpp"
#include "server/base/clock.hpp"
#include "server/base/random.hpp"
#include "server/base/result.hpp"
#include "server/services/addition_state.hpp"
#include "server/services/captions.hpp"
#include "server/storage/asset_store.hpp"
#include "server/storage/data_folder.hpp"
#include "server/storage/side_file_store.hpp"
#include "server/storage/track_store.hpp"

#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

namespace tongxing::services {

/// A lesson's description: the script, the recording that is heard instead of a spoken script, and how far
/// what is made of them is.
struct DescriptionState {
  std::optional<storage::TrackRow> script{};
  std::optional<storage::SideFile> recording{};
  AdditionState made{};
};

[[nodiscard]] DescriptionState description_state(storage::Connection& db, const AssetId& asset);

/// The description script of a lesson's video: read, checked, kept, and given to a job that speaks it.
/// Stateless; any thread. Changes run on the writer's thread, in the caller's transaction. What is published
/// never changes: as with captions, the draft gets its own copy of a shared video first. A script may come
/// before the video is prepared; its job waits.
class Descriptions {
 public:
  explicit Descriptions(storage::DataLayout layout) : layout_(std::move(layout)) {}

  /// Adds the script or replaces it. Any encoding and format that captions may have.
  [[nodiscard]] std::expected<void, CaptionRefusal> put(storage::Connection& db, const auth::Viewer& viewer,
                                                        const LessonId& lesson, const std::string& bytes,
                                                        Timestamp now, Random& random) const;
  /// Removes the script, and the described sound from package and playlists unless somebody recorded it.
  [[nodiscard]] Result<void> remove(storage::Connection& db, const auth::Viewer& viewer,
                                    const LessonId& lesson, Timestamp now, Random& random) const;

 private:
  storage::DataLayout layout_;
};

/// Brings a package that is to become the asset's next one up to date with the text tracks of now. For
/// jobs::JobSurroundings::renew.
void renew_text_tracks(storage::Connection& db, const storage::DataLayout& layout,
                       const storage::Asset& asset, const media::model::Package& package,
                       const std::filesystem::path& folder);

}  // namespace tongxing::services
