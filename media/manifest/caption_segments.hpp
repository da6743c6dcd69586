// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/package.hpp"

#include <cstddef>
#include <span>
#include <vector>

/// Which caption cues go into which HLS segment (checklist H22, H24).
namespace tongxing::media::manifest {

/// Caption segments may be longer than those of the video: text is small, requests are not free.
inline constexpr model::Milliseconds kCaptionSegment{30'000};

/// A stretch [from, to) of the programme.
struct TimeSpan {
  model::Milliseconds from{0};
  model::Milliseconds to{0};
  bool operator==(const TimeSpan&) const = default;
};

/// The segments t0.vtt, t1.vtt, …: together exactly the programme, all but the last one of full length. At
/// least one.
[[nodiscard]] std::vector<TimeSpan> caption_segments(model::Milliseconds duration,
                                                     model::Milliseconds segment = kCaptionSegment);

/// Indices of the cues that are visible in `segment`, in their order: a cue that crosses a border is in both
/// segments, one that only touches it is not.
[[nodiscard]] std::vector<std::size_t> cues_in(std::span<const TimeSpan> cues, TimeSpan segment);

}  // namespace tongxing::media::manifest
