// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/id.hpp"
#include "server/http/message.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace tongxing::app {

/// What a path below /m/ names: /m/<asset>/<version>/<file>.
struct MediaPath {
  AssetId asset;
  std::string version;
  std::string file;  ///< relative, only [A-Za-z0-9._-] segments, none beginning with a dot
};

/// Reads a decoded request path; nothing when it is not exactly of that form.
[[nodiscard]] std::optional<MediaPath> parse_media_path(std::string_view path);

/// Who may keep a copy of the answer.
enum class MediaAudience {
  everybody,  ///< published: segments immutable for a year, playlists for a minute
  author,     ///< not published: never kept by a cache
};

/// The file itself, with the content type of its ending (RFC 8216, CMAF, WebVTT) and caching by audience.
/// Whether the file exists is found out by server/net when it opens it.
[[nodiscard]] http::Response media_response(std::filesystem::path place, std::string_view file,
                                            MediaAudience audience);
/// The same for a file below /m/.
[[nodiscard]] http::Response media_file(const std::filesystem::path& media_root, const MediaPath& path,
                                        MediaAudience audience);

}  // namespace tongxing::app
