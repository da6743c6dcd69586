// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/description/span.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace tongxing::media::description {

/// How loud a sound is over time, so that parts of it can be measured after it has gone by: K-weighted power
/// of every 100 ms (ITU-R BS.1770-4). One channel at 48 kHz. Pure; 8 bytes for each 100 ms.
class LoudnessTrace {
 public:
  void add(std::span<const float> samples);

  /// Integrated loudness, with both gates, of the parts inside of `spans` (sorted, disjoint); −70 where they
  /// hold no block of 400 ms above the absolute gate.
  [[nodiscard]] double integrated(std::span<const accessibility::Span> spans) const;
  /// Loudness of everything inside of `spans`, pauses included; −70 where there is nothing.
  [[nodiscard]] double mean(std::span<const accessibility::Span> spans) const;

 private:
  struct Biquad {
    double b0, b1, b2, a1, a2;
    double z1 = 0, z2 = 0;
    double step(double x) noexcept {
      const double y = b0 * x + z1;
      z1 = b1 * x - a1 * y + z2;
      z2 = b2 * x - a2 * y;
      return y;
    }
  };
  // BS.1770-4, annex 1, tables 1 and 2.
  Biquad shelf_{1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585};
  Biquad high_pass_{1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621};
  std::vector<double> tenths_;  ///< mean squares
  double sum_ = 0;
  int count_ = 0;
};

}  // namespace tongxing::media::description
