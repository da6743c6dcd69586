// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/description/time_stretch.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <span>

namespace tongxing::media::description {

namespace {

constexpr std::ptrdiff_t kPiece = 1'440;  // 30 ms: several periods of a low voice
constexpr std::ptrdiff_t kStep = kPiece / 2;
constexpr std::ptrdiff_t kSearch = 480;  // 10 ms: a period of 100 Hz
constexpr std::ptrdiff_t kThin = 4;      // every fourth sample is enough to compare by

/// Likeness of two pieces of kStep samples, not normalised: neighbours are about as loud.
float likeness(const float* a, const float* b) {
  float dot = 0;
  float power = 1e-6F;
  for (std::ptrdiff_t i = 0; i < kStep; i += kThin) {
    dot += a[i] * b[i];
    power += b[i] * b[i];
  }
  return dot / std::sqrt(power);
}

}  // namespace

std::vector<float> faster(std::vector<float> samples, int speed_permille) {
  const auto size = std::ssize(samples);
  if (speed_permille <= 1'000 || size < 4 * kPiece) return samples;
  const double speed = std::min(speed_permille, 2'000) / 1'000.0;
  const auto wanted = static_cast<std::ptrdiff_t>(std::lround(static_cast<double>(size) / speed));
  std::vector<float> out(static_cast<std::size_t>(wanted + kPiece), 0.0F);
  std::vector<float> fade(static_cast<std::size_t>(kStep));
  for (std::ptrdiff_t i = 0; i < kStep; ++i) {
    const double turn = std::numbers::pi * (static_cast<double>(i) + 0.5) / kStep;
    fade[static_cast<std::size_t>(i)] = static_cast<float>(0.5 - 0.5 * std::cos(turn));
  }
  std::copy_n(samples.begin(), kPiece, out.begin());
  std::ptrdiff_t from = 0;  // where the piece written last was taken
  for (std::ptrdiff_t to = kStep; to + kPiece <= std::ssize(out); to += kStep) {
    const float* expected = samples.data() + std::min(from + kStep, size - kPiece);
    const auto ideal = static_cast<std::ptrdiff_t>(static_cast<double>(to) * speed);
    const std::ptrdiff_t low = std::clamp<std::ptrdiff_t>(ideal - kSearch, 0, size - kPiece);
    const std::ptrdiff_t high = std::clamp<std::ptrdiff_t>(ideal + kSearch, 0, size - kPiece);
    std::ptrdiff_t best = low;
    float most = -1e30F;
    for (std::ptrdiff_t at = low; at <= high; at += 2) {
      const float alike = likeness(expected, samples.data() + at);
      if (alike > most) {
        most = alike;
        best = at;
      }
    }
    from = best;
    for (std::ptrdiff_t i = 0; i < kStep; ++i) {
      const float in = fade[static_cast<std::size_t>(i)];
      float& sample = out[static_cast<std::size_t>(to + i)];
      sample = sample * (1 - in) + samples[static_cast<std::size_t>(from + i)] * in;
      out[static_cast<std::size_t>(to + kStep + i)] = samples[static_cast<std::size_t>(from + kStep + i)];
    }
  }
  out.resize(static_cast<std::size_t>(wanted));
  return out;
}

}  // namespace tongxing::media::description
