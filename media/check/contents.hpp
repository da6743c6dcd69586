// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/check/hls_playlist.hpp"
#include "media/check/mpd.hpp"
#include "media/check/package_folder.hpp"
#include "media/check/rendition.hpp"
#include "media/check/report.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// A package as it was found: every manifest read, every segment measured.
namespace tongxing::media::check {

/// A multivariant playlist at the top of the package.
struct Multivariant {
  std::string file;
  MultivariantPlaylist playlist;
  enum class Use : std::uint8_t {
    lesson,  ///< master.m3u8, or the first one with video
    sound,   ///< without video: audio.m3u8
    other    ///< sign.m3u8, signed.m3u8 and what others make
  } use = Use::other;
};

/// A media playlist and what it is used for.
struct MediaList {
  std::string file;
  MediaPlaylist playlist;
  Rendition rendition;  ///< empty for text and I-frame lists
  /// Of a playlist whose only sound is described: the lesson may stand still while a description is spoken.
  enum class Pauses : std::uint8_t { none, allowed } pauses = Pauses::none;
  enum class Use : std::uint8_t { media, text, frames } use = Use::media;
};

/// A manifest.mpd, or the sign.mpd beside it.
struct Manifest {
  std::string file;
  Mpd mpd;
  enum class Use : std::uint8_t { lesson, sign } use = Use::lesson;
  /// Parallel to the sets and their representations; nothing was measured for text and images.
  std::vector<std::vector<Rendition>> measured;
};

/// What the rules look at. Owned by check_package() for the time of one check; one thread.
struct Contents {
  PackageFolder& folder;
  std::vector<std::string> files;  ///< at the top of the package
  std::vector<Multivariant> multivariants;
  std::map<std::string, MediaList, std::less<>> lists;  ///< by file
  std::vector<Manifest> manifests;

  /// The list that a URI in `from` means; nullptr: it could not be read (P1 says why).
  [[nodiscard]] const MediaList* list(std::string_view from, std::string_view uri) const;
  [[nodiscard]] const Multivariant* lesson() const;
  [[nodiscard]] bool has_file(std::string_view name) const;
};

/// Reads everything. Findings of P1 tell what could not be read.
[[nodiscard]] Contents load_contents(PackageFolder& folder, Report& report);

}  // namespace tongxing::media::check
