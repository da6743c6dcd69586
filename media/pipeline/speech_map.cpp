// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/speech_map.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace tongxing::media::pipeline {

namespace {

constexpr float kQuietest = -55.0F;  // dBFS: nothing below is heard
constexpr float kLoudest = -30.0F;   // dBFS: everything above is, however loud the rest may be
constexpr float kAbove = 12.0F;      // dB above the quiet of the recording
constexpr std::int64_t kShortest_ms = 200;
constexpr std::int64_t kApart_ms = 300;

/// The level that one tenth of the recording stays below, to a tenth of a decibel: counted, for a copy to
/// sort would grow with the recording.
float quiet_of(std::span<const float> levels) {
  constexpr int kLowest = -120;
  constexpr std::size_t kSteps = 1'401;  // up to 20 dBFS
  std::array<std::size_t, kSteps> counts{};
  for (const float level : levels) {
    const float step = std::clamp((level - kLowest) * 10, 0.0F, static_cast<float>(kSteps - 1));
    ++counts[static_cast<std::size_t>(std::lround(step))];
  }
  std::size_t below = 0;
  for (std::size_t step = 0; step < kSteps; ++step) {
    below += counts[step];
    if (below > levels.size() / 10) return static_cast<float>(step) / 10 + kLowest;
  }
  return kLowest;
}

}  // namespace

std::vector<SoundSpan> heard_spans(std::span<const float> levels_db) {
  std::vector<SoundSpan> spans;
  if (levels_db.empty()) return spans;
  const float threshold = std::clamp(quiet_of(levels_db) + kAbove, kQuietest, kLoudest);
  std::int64_t at = 0;
  for (const float level : levels_db) {
    if (level > threshold) {
      if (spans.empty() || at - spans.back().to_ms >= kApart_ms) spans.push_back({at, at});
      spans.back().to_ms = at + kLevel_ms;
    }
    at += kLevel_ms;
  }
  std::erase_if(spans, [](const SoundSpan& span) { return span.to_ms - span.from_ms < kShortest_ms; });
  return spans;
}

std::vector<SoundSpan> spans_between(std::span<const SoundSpan> spans, std::int64_t total_ms,
                                     std::int64_t least_ms) {
  std::vector<SoundSpan> rest;
  std::int64_t at = 0;
  const auto add = [&](std::int64_t until) {
    if (until - at >= least_ms) rest.push_back({at, until});
  };
  for (const SoundSpan& span : spans) {
    add(span.from_ms);
    at = std::max(at, span.to_ms);
  }
  add(total_ms);
  return rest;
}

}  // namespace tongxing::media::pipeline
