// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/description/time_map.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <vector>

/// Changes the times in fragmented MP4 (ISO/IEC 14496-12) without touching a sample: a picture stands still
/// by being given a long duration. Pure; what cannot be understood is refused, never written wrongly.
namespace tongxing::media::description {

enum class BoxFault : std::uint8_t {
  truncated,    ///< a box ends behind its parent
  missing,      ///< no moof, traf, tfhd, tfdt, trun or mdhd where one must be
  unsupported,  ///< several fragments or tracks in one segment, or a data offset that is not given
  out_of_range  ///< no sample at that time, or a number that its field cannot hold
};

/// Ticks a second of the first track of an init segment (mdhd).
[[nodiscard]] std::expected<std::uint32_t, BoxFault> timescale_of(std::span<const std::byte> init);

/// Writes the first decode time (tfdt) of a segment of one fragment; false where there is none.
[[nodiscard]] bool set_first_time(std::span<std::byte> segment, std::uint64_t ticks);

/// What an init segment says about the times of its track.
struct TrackTimes {
  std::uint32_t timescale = 1;         ///< ticks a second
  std::uint32_t default_duration = 0;  ///< of a sample (trex), ticks; 0: unknown
  std::int64_t edit_start = 0;         ///< media time that is shown first, ticks
};

/// A segment of one fragment and one track with stand-stills: the sample shown at `at` (lesson time; the last
/// one where all are earlier, the first where all are later) lasts `length` longer, everything shown after it
/// comes so much later. Samples may be reordered (B-frames). Where the track has an edit list, the new
/// segment needs none: what it takes off is taken off the composition offsets, which may become negative. It
/// goes with the init segment that without_edit_list() gives.
[[nodiscard]] std::expected<std::vector<std::byte>, BoxFault> with_pauses(
    std::span<const std::byte> segment, const TrackTimes& track,
    std::span<const accessibility::Pause> pauses);

/// Where in its media time the first track of an init segment begins to be shown (the first elst entry with a
/// time), in ticks; 0 where there is no edit list.
[[nodiscard]] std::int64_t edit_start_of(std::span<const std::byte> init);

/// The init segment without the edit lists of its first track: samples are shown at the times that their own
/// offsets say, below 0 as well, as CMAF's brand "cmf2" has it (ISO/IEC 23000-19 §7.7); "cmfc" becomes that.
[[nodiscard]] std::expected<std::vector<std::byte>, BoxFault> without_edit_list(
    std::span<const std::byte> init);

/// The default sample duration that an init segment gives its first track (trex); 0 where it gives none.
[[nodiscard]] std::uint32_t default_duration_of(std::span<const std::byte> init);

}  // namespace tongxing::media::description
