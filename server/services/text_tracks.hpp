// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/cue.hpp"
#include "server/storage/asset_store.hpp"
#include "server/storage/track_store.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

/// Text tracks in the folder of a package. Throws filesystem_error on faults.
namespace tongxing::services {

/// Writes t-<lang>-<kind>-<hash>/{t0.vtt…, index.m3u8, full.vtt}, whole or not at all, and gives the folder's
/// name. A folder that is there already holds the same: its name is made of the content.
[[nodiscard]] std::string write_text_track(const std::filesystem::path& package, std::string_view kind,
                                           std::string_view language, const accessibility::Track& track,
                                           Milliseconds length);

/// Replaces master.m3u8, audio.m3u8 (where there is sound) and manifest.mpd, each by one rename.
void write_playlists(const std::filesystem::path& package, const storage::Asset& asset,
                     const std::vector<storage::TrackRow>& tracks);

}  // namespace tongxing::services
