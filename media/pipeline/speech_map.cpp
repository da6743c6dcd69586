// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/speech_map.hpp"

#include <algorithm>

namespace tongxing::media::pipeline {

namespace {

constexpr float kQuietest = -55.0F;  // dBFS: nothing below is heard
constexpr float kLoudest = -30.0F;   // dBFS: everything above is, however loud the rest may be
constexpr float kAbove = 12.0F;      // dB above the quiet of the recording
constexpr std::int64_t kShortest_ms = 200;
constexpr std::int64_t kApart_ms = 300;

/// The level that one tenth of the recording stays below.
float quiet_of(std::span<const float> levels) {
  std::vector<float> sorted(levels.begin(), levels.end());
  const auto tenth = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 10);
  std::ranges::nth_element(sorted, tenth);
  return *tenth;
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
