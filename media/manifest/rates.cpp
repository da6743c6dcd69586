// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/manifest/rates.hpp"

#include <algorithm>
#include <span>

namespace tongxing::media::manifest {
namespace {

constexpr std::int64_t kMicroseconds = 1'000'000;

std::int64_t bits_per_second(std::int64_t bytes, std::int64_t microseconds) {
  if (microseconds <= 0) return 0;
  return (bytes * 8 * kMicroseconds + microseconds - 1) / microseconds;
}

/// The best run that starts with the first of `segments`; 0: none is long enough. `size`: what counts of
/// each.
std::int64_t best_run(std::span<const model::Segment> segments, std::int64_t model::Segment::* size,
                      std::int64_t least, std::int64_t most) {
  std::int64_t best = 0;
  std::int64_t bytes = 0;
  std::int64_t time = 0;
  for (const auto& segment : segments) {
    bytes += segment.*size;
    time += segment.duration_us;
    if (time > most) break;
    if (time >= least) best = std::max(best, bits_per_second(bytes, time));
  }
  return best;
}

}  // namespace

std::int64_t peak_bit_rate(const model::Rendition& rendition, model::Milliseconds segment_duration) {
  const std::int64_t target = segment_duration.count() * 1000;
  const std::span<const model::Segment> segments{rendition.segments};
  std::int64_t peak = 0;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    peak = std::max(peak,
                    best_run(segments.subspan(i), &model::Segment::bytes, target / 2, target + target / 2));
  }
  return peak > 0 ? peak : average_bit_rate(rendition);
}

std::int64_t average_bit_rate(const model::Rendition& rendition) {
  std::int64_t bytes = 0;
  for (const auto& segment : rendition.segments) bytes += segment.bytes;
  return bits_per_second(bytes, duration_us(rendition));
}

std::int64_t peak_key_bit_rate(const model::Rendition& rendition) {
  std::int64_t peak = 0;
  const std::span<const model::Segment> segments{rendition.segments};
  for (std::size_t i = 0; i < segments.size(); ++i) {
    // A last segment of a few frames is asked for as seldom as any other.
    const std::int64_t usual = segments.front().duration_us;
    const auto lasts = std::max(segments[i].duration_us, usual / 2);
    peak =
        std::max({peak, bits_per_second(segments[i].key_bytes, lasts),
                  best_run(segments.subspan(i), &model::Segment::key_bytes, usual / 2, usual + usual / 2)});
  }
  return peak;
}

std::int64_t average_key_bit_rate(const model::Rendition& rendition) {
  std::int64_t bytes = 0;
  for (const auto& segment : rendition.segments) bytes += segment.key_bytes;
  return bits_per_second(bytes, duration_us(rendition));
}

std::int64_t duration_us(const model::Rendition& rendition) {
  std::int64_t sum = 0;
  for (const auto& segment : rendition.segments) sum += segment.duration_us;
  return sum;
}

}  // namespace tongxing::media::manifest
