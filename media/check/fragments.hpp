// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/check/init_segment.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

/// The samples of a media segment (moof + mdat pairs, ISO/IEC 14496-12 §8.8) and the segment index.
namespace tongxing::media::check {

struct Sample {
  std::int64_t decode_time = 0;  ///< in the track's timescale
  std::int64_t shown_time = 0;   ///< decode time and composition offset, before the edit list
  std::uint32_t duration = 0;
  std::size_t offset = 0;  ///< of its first byte in the segment
  std::uint32_t size = 0;  ///< bytes; offset + size lies inside the segment
  enum class Access : std::uint8_t { random, none } access = Access::none;  ///< as its flags say
};

/// What one traf box holds.
struct TrackFragment {
  std::uint32_t track = 0;
  std::size_t moof_offset = 0;  ///< in the segment
  std::vector<Sample> samples;
};

inline constexpr std::size_t kMostSamples = 500'000;  ///< of one segment

/// All fragments in order. `position` is where these bytes begin in their file: fragments without
/// default-base-is-moof may count from there. The error is a sentence in English.
[[nodiscard]] std::expected<std::vector<TrackFragment>, std::string> read_fragments(
    std::string_view segment, const InitSegment& init, std::uint64_t position = 0);

/// Of bytes that begin with a moof box and may end anywhere behind it: the first track fragment with its
/// first sample alone, which lies inside the bytes.
[[nodiscard]] std::expected<TrackFragment, std::string> read_first_sample(std::string_view bytes,
                                                                          const InitSegment& init,
                                                                          std::uint64_t position);

/// One reference of a segment index (§8.16.3), as bytes of the file and time.
struct IndexEntry {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  std::int64_t duration_us = 0;
};

/// `bytes` begins with the sidx box, `position` is where that is in its file. Indices of indices are refused.
[[nodiscard]] std::expected<std::vector<IndexEntry>, std::string> read_index(std::string_view bytes,
                                                                             std::uint64_t position);

}  // namespace tongxing::media::check
