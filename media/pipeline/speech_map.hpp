// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace tongxing::media::pipeline {

/// A stretch [from, to) of the sound, in milliseconds.
struct SoundSpan {
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;
  friend bool operator==(const SoundSpan&, const SoundSpan&) = default;
};

/// How long one of the levels below lasts.
inline constexpr std::int64_t kLevel_ms = 20;

/// Where somebody or something is to be heard: levels in dBFS, one for every kLevel_ms. By energy alone: what
/// is clearly above the quiet of this very recording counts, so music does too. Spans are at least 200 ms
/// long and 300 ms apart. Pure. A detector of speech can take its place here.
[[nodiscard]] std::vector<SoundSpan> heard_spans(std::span<const float> levels_db);

/// The rest of [0, total_ms), as far as it lasts `least_ms`.
[[nodiscard]] std::vector<SoundSpan> spans_between(std::span<const SoundSpan> spans, std::int64_t total_ms,
                                                   std::int64_t least_ms);

}  // namespace tongxing::media::pipeline
