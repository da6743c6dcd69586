// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/loudness.hpp"

#include "media/pipeline/peak_limiter.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace tongxing::media::pipeline;

namespace {
std::vector<float> tone(double hertz, double decibel, double seconds, double phase = 0) {
  std::vector<float> samples(static_cast<std::size_t>(seconds * 48'000));
  const double amplitude = std::pow(10, decibel / 20);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    samples[i] = static_cast<float>(
        amplitude * std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) / 48'000 + phase));
  }
  return samples;
}
}  // namespace

TEST_CASE("a reference tone measures what the standard says") {
  // EBU Tech 3341, case 1: 1 kHz in both channels at −23 dBFS is −23 LUFS; one channel alone is 3.01 lower.
  LoudnessMeter meter;
  meter.add(tone(1000, -23, 20));
  CHECK(meter.integrated() == Approx(-26.01).margin(0.1));
  CHECK(meter.true_peak() == Approx(-23.0).margin(0.2));
}

TEST_CASE("pauses do not count") {
  LoudnessMeter meter;
  meter.add(tone(1000, -23, 10));
  meter.add(std::vector<float>(48'000 * 30, 0.0F));
  CHECK(meter.integrated() == Approx(-26.01).margin(0.2));
}

TEST_CASE("a peak between two samples is found") {
  // A quarter of the sample rate, an eighth of a turn off: no sample is above −3 dB of the wave.
  LoudnessMeter meter;
  meter.add(tone(12'000, -1, 1, std::numbers::pi / 4));
  CHECK(meter.true_peak() == Approx(-1.0).margin(0.4));
}

TEST_CASE("silence is silence") {
  LoudnessMeter meter;
  meter.add(std::vector<float>(48'000, 0.0F));
  CHECK(meter.integrated() <= -70);
  CHECK(gain_for(meter.integrated(), meter.true_peak(), -18, -1.5) == 0);
}

TEST_CASE("gain stops at the ceiling") {
  CHECK(gain_for(-30, -20, -18, -1.5) == Approx(12));
  CHECK(gain_for(-30, -5, -18, -1.5) == Approx(3.5));
  CHECK(gain_for(-10, 0.5, -18, -1.5) == Approx(-8));
}

TEST_CASE("the limiter keeps the ceiling, the length and whatever is below") {
  PeakLimiter limiter(0.5F);
  std::vector<float> in = tone(300, -12, 1);
  for (std::size_t i = 20'000; i < 20'200; ++i) in[i] *= 6;  // a cough
  std::vector<float> out;
  limiter.add(std::span(in).first(10'000), out);
  limiter.add(std::span(in).subspan(10'000), out);
  limiter.finish(out);
  REQUIRE(out.size() == in.size());
  float peak = 0;
  for (const float sample : out) peak = std::max(peak, std::abs(sample));
  CHECK(peak <= 0.5F + 1e-5F);
  CHECK(peak > 0.4F);
  for (std::size_t i = 0; i < 19'000; ++i) CHECK(out[i] == Approx(in[i]).margin(1e-6));
  for (std::size_t i = 47'000; i < in.size(); ++i) CHECK(out[i] == Approx(in[i]).margin(0.01));
}
