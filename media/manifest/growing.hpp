// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/manifest/names.hpp"
#include "media/model/package.hpp"

#include <string>
#include <string_view>

/// Playlists of a package that is still being made (RFC 8216 §6.2.1, EVENT): they only ever grow. They lie
/// beside the final ones under names of their own and go when those come.
namespace tongxing::media::manifest {

inline constexpr std::string_view kFirstPlaylist = "first.m3u8";
inline constexpr std::string_view kGrowingPlaylist = "growing.m3u8";

enum class Growth { goes_on, ended };

/// <rendition>/growing.m3u8: the segments that are finished. `segment_duration` is the planned one: the
/// target duration must not change while the list grows.
[[nodiscard]] std::string growing_playlist(const model::Rendition& rendition,
                                           model::Milliseconds segment_duration, Growth growth);

/// first.m3u8: one picture and, unless null, one sound. `bandwidth` in bits a second is the planned peak of
/// both: nothing can be measured yet.
[[nodiscard]] std::string first_playlist(const model::Rendition& video, const model::Rendition* audio,
                                         std::int64_t bandwidth, const Names& names);

}  // namespace tongxing::media::manifest
