// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/description/span.hpp"

#include <cstdint>
#include <span>
#include <vector>

/// How far the programme goes down while a description is spoken (media rules §3.3, mix).
namespace tongxing::accessibility {

struct DuckingRules {
  double decibel = -8;  ///< of the programme under a description
  Milliseconds ramp_in{300};
  Milliseconds ramp_out{300};
};

inline constexpr double kClearSpeechDuck = -20;  ///< WCAG 1.4.7: the voice 20 dB above what is behind it

/// −12 … −6, or kClearSpeechDuck.
[[nodiscard]] bool duck_allowed(double decibel);

/// The programme's gain over time: 1; down to the ducked gain in the ramp before a description, straight in
/// amplitude; up again in the ramp after it. Between descriptions that are so near that it would go up and
/// down at once it stays down.
class DuckingEnvelope {
 public:
  /// `spoken`: when descriptions are heard, in any order.
  DuckingEnvelope(std::vector<Span> spoken, const DuckingRules& rules, int sample_rate);

  /// Multiplies samples, the first of which has the index `first` in the programme. Calls may go in any
  /// order; time is proportional to the samples.
  void apply(std::span<float> samples, std::int64_t first) const;
  [[nodiscard]] double gain_at(std::int64_t sample) const;

 private:
  struct Point {
    std::int64_t sample = 0;
    double gain = 1;
  };
  [[nodiscard]] std::size_t point_after(std::int64_t sample) const;

  std::vector<Point> points_;  ///< rising; straight lines between them
};

}  // namespace tongxing::accessibility
