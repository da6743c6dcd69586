// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/manifest/names.hpp"
#include "media/model/package.hpp"

#include <span>
#include <string>

namespace tongxing::media::manifest {

/// manifest.mpd: the same segments as DASH (ISO/IEC 23009-1, profile isoff-live, static; the house's
/// checklist D1–D12). Exact segment durations in a SegmentTimeline of microseconds; captions as whole WebVTT
/// files, because the browsers' players do not read text in MP4. Every set has a label (unique among sets of
/// its kind) and a role. Relative URIs.
[[nodiscard]] std::string mpd(const model::Package& package, std::span<const model::TextTrack> tracks,
                              const Names& names);

/// sign.mpd: the signer alone (D8), a presentation of its own, because players would take its set for rungs
/// of the lesson (D7). Empty text if there is none.
[[nodiscard]] std::string sign_mpd(const model::Package& package, const Names& names);

}  // namespace tongxing::media::manifest
