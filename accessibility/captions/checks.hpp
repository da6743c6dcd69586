// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/cue.hpp"
#include "accessibility/captions/finding.hpp"
#include "accessibility/text/width.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

/// The computable rules for a track, C1–C10 of the media rules §3.2. Every number is in one table.
namespace tongxing::accessibility {

/// For whom a track is made: easy-read tracks are read more slowly.
enum class TrackUse : std::uint8_t { standard, easy_read };

/// A warning above `warn`, an error above `error`; for least values: below.
struct Limit {
  std::int64_t warn = 0;
  std::int64_t error = 0;
};

struct CaptionLimits {
  Counting counting = Counting::east_asian;
  Limit line_halves;                  ///< C1: half characters a line
  Limit lines;                        ///< C2: lines a cue
  Limit tenths_a_second;              ///< C3, C4: tenths of a character a second
  Limit shortest_ms{833, 500};        ///< C5
  Limit longest_ms{7000, 10'000};     ///< C6
  std::int64_t tiny_gap_ms = 83;      ///< C7: a gap of 1 … 82 ms flickers
  std::int64_t small_gap_from = 125;  ///< C8
  std::int64_t small_gap_to = 460;
  std::int64_t after_end_ms = 100;  ///< C10
};

/// The row of the table for a language (BCP 47).
[[nodiscard]] CaptionLimits limits_for(std::string_view language, TrackUse use);

/// Checks a track against a row. `media` is the measured duration, 0: not known yet. Findings are in the
/// order of the cues; lines are those of the file that the track was read from.
[[nodiscard]] std::vector<Finding> check_track(const Track& track, const CaptionLimits& limits,
                                               Milliseconds media);

/// Mends C7: a cue that ends 1 … 82 ms before the next one starts is made to end there. Returns how many.
std::size_t close_small_gaps(Track& track, const CaptionLimits& limits);

/// Whether any finding blocks publication.
[[nodiscard]] bool has_errors(const std::vector<Finding>& findings);

}  // namespace tongxing::accessibility
