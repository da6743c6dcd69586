// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/loudness.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

namespace tongxing::media::pipeline {

namespace {

constexpr int kTenth = 4'800;  // samples of 100 ms
constexpr double kSilence = -70.0;
constexpr double kOffset = -0.691;  // BS.1770-4, annex 1, equation 2

double to_lufs(double mean_square) {
  return mean_square > 0 ? kOffset + 10 * std::log10(mean_square) : -120.0;
}

/// Mean of the blocks of 400 ms, one every 100 ms, that are louder than `gate`; nothing where none is. The
/// blocks are made anew each time: kept, they would be a second list as long as the first.
std::optional<double> mean_above(const std::vector<double>& tenths, double gate) {
  double sum = 0;
  std::size_t count = 0;
  for (std::size_t i = 0; i + 4 <= tenths.size(); ++i) {
    const double block = (tenths[i] + tenths[i + 1] + tenths[i + 2] + tenths[i + 3]) / (4.0 * kTenth);
    if (to_lufs(block) <= gate) continue;
    sum += block;
    ++count;
  }
  return count == 0 ? std::nullopt : std::optional{sum / static_cast<double>(count)};
}

}  // namespace

// The K-weighting filters for 48 kHz: BS.1770-4, annex 1, tables 1 and 2.
LoudnessMeter::LoudnessMeter()
    : shelf_{1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585},
      high_pass_{1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621} {
  for (int phase = 0; phase < kPhases; ++phase) {
    for (int tap = 0; tap < kTaps; ++tap) {
      const double x = tap - (kTaps / 2 - 1) - static_cast<double>(phase) / kPhases;
      const double sinc = x == 0 ? 1.0 : std::sin(std::numbers::pi * x) / (std::numbers::pi * x);
      const double window = 0.5 + 0.5 * std::cos(std::numbers::pi * x / (kTaps / 2.0));
      filter_[static_cast<std::size_t>(phase)][static_cast<std::size_t>(tap)] =
          static_cast<float>(sinc * window);
    }
  }
}

void LoudnessMeter::add(std::span<const float> samples) {
  for (const float sample : samples) {
    const double weighted = high_pass_.step(shelf_.step(sample));
    sum_ += weighted * weighted;
    if (++count_ == kTenth) {
      tenths_.push_back(sum_);
      sum_ = 0;
      count_ = 0;
    }
    peak_at(sample);
  }
}

void LoudnessMeter::peak_at(float sample) {
  std::shift_left(history_.begin(), history_.end(), 1);
  history_.back() = sample;
  peak_ = std::max(peak_, std::abs(sample));
  // Between two samples the wave seldom rises far above both: look closer only where it could matter.
  const float near = std::max(std::abs(history_[kTaps / 2 - 1]), std::abs(history_[kTaps / 2]));
  if (near < peak_ * 0.5F) return;
  for (std::size_t phase = 1; phase < kPhases; ++phase) {
    float value = 0;
    for (std::size_t tap = 0; tap < kTaps; ++tap) value += filter_[phase][tap] * history_[tap];
    peak_ = std::max(peak_, std::abs(value));
  }
}

double LoudnessMeter::integrated() const {
  const auto loud = mean_above(tenths_, kSilence);
  if (!loud) {
    // Shorter than one block: all there is, ungated.
    double total = sum_;
    for (const double tenth : tenths_) total += tenth;
    const auto samples = static_cast<double>(tenths_.size()) * kTenth + count_;
    return tenths_.size() >= 4 || samples == 0 ? kSilence : std::max(kSilence, to_lufs(total / samples));
  }
  const double gate = std::max(kSilence, to_lufs(*loud) - 10.0);
  return to_lufs(mean_above(tenths_, gate).value_or(*loud));
}

double LoudnessMeter::true_peak() const {
  return peak_ > 0 ? 20 * std::log10(static_cast<double>(peak_)) : -120.0;
}

double gain_for(double loudness, double peak, double target, double ceiling) noexcept {
  constexpr double kMost = 30.0;
  constexpr double kLeast = -40.0;
  if (loudness <= -60.0) return 0;
  return std::clamp(std::min(target - loudness, ceiling - peak), kLeast, kMost);
}

}  // namespace tongxing::media::pipeline
