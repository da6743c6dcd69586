// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace tongxing::media::model {

/// A ratio of integers, such as 30000/1001 frames a second. The denominator is positive; 0/1 means "unknown".
struct Rational {
  int num = 0;
  int den = 1;

  [[nodiscard]] constexpr bool known() const noexcept { return num > 0 && den > 0; }
  [[nodiscard]] constexpr double value() const noexcept {
    return static_cast<double>(num) / static_cast<double>(den);
  }
  friend constexpr bool operator==(const Rational&, const Rational&) = default;
};

/// Microseconds that `count` frames last at `rate` frames a second, rounded to nearest.
[[nodiscard]] constexpr std::int64_t frames_to_us(std::int64_t count, Rational rate) noexcept {
  const std::int64_t scaled = count * 1'000'000 * rate.den;
  return (scaled + rate.num / 2) / rate.num;
}

}  // namespace tongxing::media::model
