// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/manifest/names.hpp"
#include "media/model/package.hpp"

#include <span>
#include <string>
#include <vector>

/// Which manifests a package has: the one place that the worker, the platform and the command line ask.
namespace tongxing::media::manifest {

/// One text file of a package.
struct TextFile {
  std::string path;  ///< below the package: "v360/index.m3u8"
  std::string text;
};

/// What changes when text tracks do: master.m3u8, audio.m3u8, signed.m3u8, described-extended.m3u8 and
/// manifest.mpd, those that the package has.
[[nodiscard]] std::vector<TextFile> track_manifests(const model::Package& package,
                                                    std::span<const model::TextTrack> tracks,
                                                    const Names& names);

/// Names of manifests that a package may have and this one has not: those of a signer, of chapters, of a
/// lesson that stands still.
[[nodiscard]] std::vector<std::string> absent_manifests(const model::Package& package);

/// What never changes with text tracks: index.m3u8, iframe.m3u8 and described-extended.m3u8 of each
/// rendition, sign.m3u8, sign.mpd, chapters.json, chapters.vtt, chapters-extended.json.
[[nodiscard]] std::vector<TextFile> fixed_manifests(const model::Package& package, const Names& names);

}  // namespace tongxing::media::manifest
