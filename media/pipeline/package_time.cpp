// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/package_time.hpp"

#include <algorithm>
#include <cmath>

namespace tongxing::media::pipeline {

TimePlan time_of(const model::Package& package) noexcept {
  model::Rational rate{25, 1};
  for (const model::Rendition& rendition : package.renditions) {
    if (rendition.kind != model::MediaKind::video || rendition.frame_rate <= 0) continue;
    // The engine's rates are usual ones, so the nearest of them is the exact one.
    rate = plan_rate({static_cast<int>(std::lround(rendition.frame_rate * 1000)), 1000});
    break;
  }
  return plan_time(rate, package.segment_duration.count());
}

std::int64_t longest_us(const model::Package& package) noexcept {
  std::int64_t longest = 0;
  for (const model::Rendition& rendition : package.renditions) {
    std::int64_t total = 0;
    for (const model::Segment& segment : rendition.segments) total += segment.duration_us;
    longest = std::max(longest, total);
  }
  return longest;
}

}  // namespace tongxing::media::pipeline
