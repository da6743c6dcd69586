// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/thinner.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace tongxing::media::pipeline {

namespace {

constexpr std::size_t kTaps = 18;
constexpr std::size_t kEvery = 3;

/// A low pass at 7 kHz: sinc under a Hann window, sum 1.
std::array<float, kTaps> low_pass() {
  std::array<float, kTaps> taps{};
  double sum = 0;
  for (std::size_t i = 0; i < kTaps; ++i) {
    const double x = static_cast<double>(i) - (kTaps - 1) / 2.0;
    const double cycle = 2 * 7'000.0 / 48'000.0;
    const double sinc = std::sin(std::numbers::pi * cycle * x) / (std::numbers::pi * x);
    const double window = 0.5 + 0.5 * std::cos(2 * std::numbers::pi * x / kTaps);
    taps[i] = static_cast<float>(sinc * window);
    sum += sinc * window;
  }
  for (float& tap : taps) tap = static_cast<float>(tap / sum);
  return taps;
}

}  // namespace

void Thinner::add(std::span<const float> samples, std::vector<std::int16_t>& out) {
  static const auto taps = low_pass();
  waiting_.insert(waiting_.end(), samples.begin(), samples.end());
  std::size_t at = 0;
  for (; at + kTaps <= waiting_.size(); at += kEvery) {
    float sum = 0;
    for (std::size_t i = 0; i < kTaps; ++i) sum += taps[i] * waiting_[at + i];
    out.push_back(static_cast<std::int16_t>(std::clamp(sum, -1.0F, 1.0F) * 32'767.0F));
  }
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(at));
}

}  // namespace tongxing::media::pipeline
