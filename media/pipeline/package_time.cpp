// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/package_time.hpp"

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

std::int64_t lesson_us(const model::Package& package) noexcept {
  std::int64_t total = 0;
  if (package.renditions.empty()) return total;
  // Video comes first; sound is rounded to whole frames of its own.
  for (const model::Segment& segment : package.renditions.front().segments) total += segment.duration_us;
  return total;
}

}  // namespace tongxing::media::pipeline
