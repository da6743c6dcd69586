// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <utility>
#include <vector>

namespace tongxing::media::pipeline {

/// Lowers short peaks so that no sample passes a ceiling, and leaves the rest as it is: looks 5 ms ahead,
/// gives way smoothly, recovers within about 0.2 s. What comes out is as long as what went in, without delay.
/// Pure; one thread.
class PeakLimiter {
 public:
  /// `ceiling`: largest absolute sample, above 0.
  explicit PeakLimiter(float ceiling);

  /// Appends to `out` what is ready: 5 ms stay inside.
  void add(std::span<const float> samples, std::vector<float>& out);
  /// Appends the rest.
  void finish(std::vector<float>& out);

 private:
  static constexpr std::size_t kAhead = 240;  // 5 ms at 48 kHz

  void step(float sample, std::vector<float>& out);

  float ceiling_;
  std::deque<float> waiting_;  ///< the last kAhead samples
  std::deque<std::pair<std::int64_t, float>>
      lowest_;                          ///< (position, gain), rising: the first is the window's lowest
  std::array<float, kAhead> smooth_{};  ///< gains of the last kAhead steps
  double smooth_sum_ = kAhead;
  std::int64_t position_ = 0;
  float recovered_ = 1.0F;
};

}  // namespace tongxing::media::pipeline
