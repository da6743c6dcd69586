// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/package_time.hpp"

#include <algorithm>
#include <cmath>

namespace tongxing::media::pipeline {

TimePlan time_of(const model::Package& package) noexcept {
  // Small rungs may show every second picture only: the highest rate is the lesson's.
  double highest = 0;
  for (const model::Rendition& rendition : package.renditions) {
    if (rendition.kind == model::MediaKind::video) highest = std::max(highest, rendition.frame_rate);
  }
  if (highest <= 0) return plan_time({25, 1}, package.segment_duration.count());
  // The engine's rates are usual ones, so the nearest of them is the exact one.
  return plan_time(plan_rate({static_cast<int>(std::lround(highest * 1000)), 1000}),
                   package.segment_duration.count());
}

std::int64_t lesson_us(const model::Package& package) noexcept {
  std::int64_t total = 0;
  if (package.renditions.empty()) return total;
  // Video comes first; sound is rounded to whole frames of its own.
  for (const model::Segment& segment : package.renditions.front().segments) total += segment.duration_us;
  return total;
}

}  // namespace tongxing::media::pipeline
