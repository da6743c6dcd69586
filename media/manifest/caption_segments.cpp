// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/manifest/caption_segments.hpp"

#include <algorithm>

namespace tongxing::media::manifest {

std::vector<TimeSpan> caption_segments(model::Milliseconds duration, model::Milliseconds segment) {
  std::vector<TimeSpan> result;
  model::Milliseconds at{0};
  do {
    const auto end = std::min(at + segment, duration);
    result.push_back({at, std::max(at, end)});
    at += segment;
  } while (at < duration);
  return result;
}

std::vector<std::size_t> cues_in(std::span<const TimeSpan> cues, TimeSpan segment) {
  std::vector<std::size_t> result;
  for (std::size_t i = 0; i < cues.size(); ++i) {
    if (cues[i].from < segment.to && cues[i].to > segment.from) result.push_back(i);
  }
  return result;
}

}  // namespace tongxing::media::manifest
