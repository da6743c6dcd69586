// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace tongxing::media::pipeline {

/// Measures one channel at 48 kHz: integrated loudness with both gates and true peak, as ITU-R BS.1770-4
/// defines them. Pure; one thread at a time.
class LoudnessMeter {
 public:
  LoudnessMeter();
  void add(std::span<const float> samples);
  /// LUFS; −70 where there is (almost) silence.
  [[nodiscard]] double integrated() const;
  /// dBTP, by fourfold oversampling; −120 for silence.
  [[nodiscard]] double true_peak() const;

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
  static constexpr int kTaps = 12;
  static constexpr int kPhases = 4;

  void peak_at(float sample);

  Biquad shelf_;
  Biquad high_pass_;
  std::vector<double> tenths_;  ///< sum of squares of each 100 ms
  double sum_ = 0;
  int count_ = 0;
  std::array<std::array<float, kTaps>, kPhases> filter_{};
  std::array<float, kTaps> history_{};
  float peak_ = 0;
};

/// The gain in dB that brings a sound to `target` LUFS without its peak passing `ceiling` dBTP; 0 for
/// silence, at most 30 dB up and 40 dB down.
[[nodiscard]] double gain_for(double loudness, double peak, double target, double ceiling) noexcept;

}  // namespace tongxing::media::pipeline
