// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/check/rendition.hpp"

#include <algorithm>

namespace tongxing::media::check {

namespace {

constexpr double kMicroseconds = 1e6;
/// No honest run within nine seconds has more: a hostile list of tiny segments must not cost the square.
constexpr std::size_t kLongestRun = 500;

double rate(std::uint64_t bytes, std::int64_t us) {
  return us <= 0 ? 0 : static_cast<double>(bytes) * 8 * kMicroseconds / static_cast<double>(us);
}

}  // namespace

std::int64_t Rendition::declared_us() const {
  std::int64_t sum = 0;
  for (const auto& segment : segments) sum += segment.listed.declared_us;
  return sum;
}

std::int64_t Rendition::measured_us() const {
  if (segments.empty() || !std::ranges::all_of(segments, &MeasuredSegment::was_read)) return declared_us();
  std::int64_t sum = 0;
  for (const auto& segment : segments) sum += segment.duration_us;
  return sum;
}

double Rendition::peak() const {
  double best = 0;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    std::uint64_t bytes = 0;
    std::int64_t time = 0;
    const std::size_t end = std::min(segments.size(), i + kLongestRun);
    for (std::size_t k = i; k < end; ++k) {
      bytes += segments[k].bytes;
      time += segments[k].listed.declared_us;
      if (time * 2 > target_us * 3) break;
      if (time * 2 >= target_us) best = std::max(best, rate(bytes, time));
    }
  }
  return best > 0 ? best : average();
}

double Rendition::average() const {
  std::uint64_t bytes = 0;
  for (const auto& segment : segments) bytes += segment.bytes;
  return rate(bytes, declared_us());
}

}  // namespace tongxing::media::check
