// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/manifest/growing.hpp"
#include "server/base/id.hpp"
#include "server/storage/connection.hpp"
#include "server/storage/data_folder.hpp"

#include <filesystem>
#include <optional>
#include <string_view>

/// A package that can be played while it is still being made (docs/decisions/0020): the worker lists its
/// lowest rendition and the sound as they grow, in the job's folder. Only its author sees it: whoever calls
/// has asked (teaching_access.hpp). Functions only read.
namespace tongxing::services {

/// What a player opens, below the folder.
inline constexpr std::string_view kFirstPlaylist = media::manifest::kFirstPlaylist;

/// Whether a path below the job's output is part of what is played early: first.m3u8, and of a rendition's
/// folder growing.m3u8, init.mp4 and s<n>.m4s. Nothing else in there may be reached. Pure.
[[nodiscard]] bool is_growing_file(std::string_view file);

/// Where the package of this asset is being made now; nothing when no worker is at it.
[[nodiscard]] std::optional<std::filesystem::path> growing_folder(storage::Connection& db,
                                                                  const storage::DataLayout& layout,
                                                                  const AssetId& asset);

/// Whether there is something to play at this moment. Looks at the disk.
[[nodiscard]] bool is_playable_early(storage::Connection& db, const storage::DataLayout& layout,
                                     const AssetId& asset);

}  // namespace tongxing::services
