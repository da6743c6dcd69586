// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/package.hpp"

#include <cstdint>
#include <string>
#include <string_view>

/// What the makers of HLS playlists share. Inside this room.
namespace tongxing::media::manifest {

inline constexpr std::string_view kPlaylistHead = "#EXTM3U\n#EXT-X-VERSION:7\n";

/// "6.016000".
[[nodiscard]] std::string seconds_text(std::int64_t microseconds);

/// The head of a media playlist whose longest segment lasts `longest_us`.
[[nodiscard]] std::string list_head(std::int64_t longest_us);

/// Whether every segment's first picture was measured: only then is there an I-frame playlist.
[[nodiscard]] bool has_key_frames(const model::Rendition& rendition);

}  // namespace tongxing::media::manifest
