// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/description/time_map.hpp"
#include "media/manifest/names.hpp"
#include "media/model/package.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// HLS text of the described-extended rendition (docs/decisions/0014): the lesson's own segments, those
/// in which it stands still replaced; its captions and chapters in its own time. Pure.
namespace tongxing::media::manifest {

/// The multivariant playlist, and in each rendition's folder its media playlist.
inline constexpr std::string_view kExtendedPlaylist = "described-extended.m3u8";
inline constexpr std::string_view kExtendedChapters = "chapters-extended.json";

/// Where the captions of a track's folder are once more, in extended time: "t-en-extended".
[[nodiscard]] std::string extended_folder(std::string_view track_folder);

[[nodiscard]] accessibility::TimeMap time_map_of(const model::Extended& extended);

/// How long a package lasts with all of its pauses.
[[nodiscard]] model::Milliseconds extended_duration(const model::Package& package);

/// described-extended.m3u8, with every text track that the lesson has, under the same names; empty text where
/// the package has no such rendition. Rates are measured from the segments.
[[nodiscard]] std::string extended_multivariant(const model::Package& package,
                                                std::span<const model::TextTrack> tracks, const Names& names);

/// <rendition>/described-extended.m3u8; empty text where the rendition has no part in it. Behind every
/// segment that stands still is a discontinuity (RFC 8216 §4.3.2.3): the segments after it keep the times of
/// the lesson, and players add up.
[[nodiscard]] std::string extended_media_playlist(const model::Package& package,
                                                  const model::Rendition& rendition);

/// The lesson's chapters in extended time: one that begins where the lesson stands still begins with the
/// description.
[[nodiscard]] std::vector<model::Chapter> extended_chapters(const model::Package& package);

/// Takes everything described out of what is known of a package, and with it the extended rendition and the
/// silence that a silent film has beside its description.
void remove_description(model::Package& package);

}  // namespace tongxing::media::manifest
