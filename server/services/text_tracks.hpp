// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/cue.hpp"
#include "media/model/package.hpp"
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

/// The same under a name that the caller gives; whatever has that name must not exist.
void write_track_folder(const std::filesystem::path& package, const std::string& name,
                        const accessibility::Track& track, Milliseconds length);

/// transcript.json: {"paragraphs": [{"start_ms", "end_ms", "speaker", "text"}]}.
void write_transcript(const std::filesystem::path& package, const accessibility::Track& track);

/// Replaces the manifests that name text tracks, each by one rename, master.m3u8 last. Where the lesson has a
/// rendition that stands still for its descriptions, its captions are written first, in its time, beside each
/// track's folder. Those of a signer, of chapters and of a lesson that stands still go
/// where the package has none.
void write_manifests(const std::filesystem::path& package, const media::model::Package& known,
                     const std::vector<media::model::TextTrack>& tracks);

/// Replaces the files of a package's chapters; of a package without chapters write_manifests() removes them.
void write_chapters(const std::filesystem::path& package, const media::model::Package& known);

/// The same as write_manifests() from the rows of an asset; transcript.json follows its first track.
void write_playlists(const std::filesystem::path& package, const storage::Asset& asset,
                     const std::vector<storage::TrackRow>& tracks);

}  // namespace tongxing::services
