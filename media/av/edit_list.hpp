// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tongxing::media::av {

/// An init segment (ISO/IEC 14496-12) with an edit list in its track: presentation begins at `media_time` of
/// the track, in its time scale, and goes on for as long as there are fragments (duration 0). The segment is
/// our own; one without moov, trak and tkhd is a std::logic_error. Pure.
[[nodiscard]] std::vector<std::byte> with_edit_list(std::span<const std::byte> init_segment,
                                                    std::int64_t media_time);

}  // namespace tongxing::media::av
