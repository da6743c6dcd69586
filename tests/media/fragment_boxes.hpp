// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tongxing::tests {

/// What the one fragment of a media segment says about time, in ticks of its track, read box by box and not
/// by the library that wrote it.
struct FragmentTimes {
  struct Sample {
    std::uint32_t duration = 0;
    std::int32_t composition = 0;  ///< offset of presentation from decoding
  };
  std::uint64_t decode_start = 0;  ///< tfdt
  std::vector<Sample> samples;

  [[nodiscard]] std::uint64_t duration() const;
  /// The earliest presentation, before the edit list.
  [[nodiscard]] std::int64_t first_shown() const;
};

/// Throws std::runtime_error where a box is missing.
[[nodiscard]] FragmentTimes read_fragment(const std::string& segment);

/// Ticks a second of the track in an init segment (mdhd).
[[nodiscard]] std::uint32_t time_scale(const std::string& init);
/// Where the edit list says that presentation begins (elst, first entry); 0 where there is none.
[[nodiscard]] std::int64_t edit_start(const std::string& init);

}  // namespace tongxing::tests
