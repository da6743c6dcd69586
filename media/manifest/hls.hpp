// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/manifest/caption_segments.hpp"
#include "media/manifest/names.hpp"
#include "media/model/package.hpp"

#include <span>
#include <string>

/// HLS playlists (RFC 8216, Apple's HLS authoring rules; the house's checklist H1–H33). Every URI is relative
/// to the package folder or, in a media playlist, to the rendition's own folder. UTF-8, LF.
namespace tongxing::media::manifest {

/// How the files that a multivariant playlist names are called.
struct Files {
  std::string list = "index.m3u8";  ///< in the folder of a rendition
  std::string chapters = "chapters.json";
};

/// master.m3u8: the video ladder with one audio group and one subtitle group. The first variant is the one a
/// phone should start with (nearest to 360p). The first audio rendition is the default. A package without
/// video gets what audio_only_playlist() makes.
[[nodiscard]] std::string multivariant_playlist(const model::Package& package,
                                                std::span<const model::TextTrack> tracks, const Names& names,
                                                const Files& files = {});

/// audio.m3u8: the lesson as sound. The default rendition has no URI (it is the variant itself): with one,
/// hls.js never switches to another rendition. "#EXTM3U" alone would be no playlist: empty text if there is
/// no audio.
[[nodiscard]] std::string audio_only_playlist(const model::Package& package,
                                              std::span<const model::TextTrack> tracks, const Names& names,
                                              const Files& files = {});

/// sign.m3u8: the signer alone, without sound and text; a playlist of its own, because players would take it
/// for the lesson in bad light or on a bad network (H21). Empty text if there is none.
[[nodiscard]] std::string sign_playlist(const model::Package& package);

/// signed.m3u8: lesson and signer in one picture, with the lesson's sound and text. Empty text if there is
/// none.
[[nodiscard]] std::string signed_playlist(const model::Package& package,
                                          std::span<const model::TextTrack> tracks, const Names& names);

/// <rendition>/iframe.m3u8 (H27): one picture a segment, by byte range. Empty text where the key frames were
/// not measured.
[[nodiscard]] std::string iframe_playlist(const model::Rendition& rendition);

/// <rendition>/index.m3u8.
[[nodiscard]] std::string media_playlist(const model::Rendition& rendition,
                                         model::Milliseconds segment_duration);

/// <track folder>/index.m3u8: t0.vtt, t1.vtt, … over the whole programme.
[[nodiscard]] std::string subtitle_playlist(model::Milliseconds duration,
                                            model::Milliseconds segment = kCaptionSegment);

}  // namespace tongxing::media::manifest
