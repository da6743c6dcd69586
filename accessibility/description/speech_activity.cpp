// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/description/speech_activity.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace tongxing::accessibility {

namespace {

constexpr std::size_t kLowBin = 6;     // 188 Hz
constexpr std::size_t kHighBin = 128;  // 4000 Hz
constexpr float kSilent = -45.0F;      // below it nothing is heard; full scale is about +17
constexpr std::size_t kSecond = 62;    // frames
constexpr std::size_t kStep = 15;      // a new second is judged every quarter of one
// The limits lie between what was measured on Mandarin (recorded and synthetic) and on music and film sound.
constexpr float kLeastSpread = 5.5F;  // standard deviation of the level; speech 8 … 20, music 1 … 4
constexpr float kLeastChange = 3.8F;  // speech 4.2 … 9, music 1.3 … 3.5
constexpr float kLeastLow = 0.3F;     // part of the frames far below the mean power; speech 0.35 … 0.65
constexpr float kMostLow = 0.85F;     // more: a single bang
constexpr float kLeastRhythm = 0.4F;  // part of the level's movement that is 2 … 7 Hz; speech 0.45 … 0.86
constexpr float kMostFlat = 0.2F;     // of loud frames; speech below 0.12, hiss and splashes above 0.2
constexpr float kPause = 25.0F;       // decibel below the loudest frame of its second: not spoken
constexpr Milliseconds kBridge{300};  // a shorter break is inside of a sentence
constexpr Milliseconds kLeast{150};

std::size_t band_edge(std::size_t band, std::size_t bands) {
  const double part = static_cast<double>(band) / static_cast<double>(bands);
  return static_cast<std::size_t>(static_cast<double>(kLowBin) *
                                  std::pow(static_cast<double>(kHighBin) / kLowBin, part));
}

float decibel(float power) {
  return 10.0F * std::log10(power);
}

}  // namespace

/// What one second is like.
struct SpeechActivity::Second {
  float loudest = kSilent;
  float spread = 0;
  float change = 0;
  float low = 0;
  float rhythm = 0;
  float flatness = 1;

  [[nodiscard]] bool is_speech() const {
    return loudest > kSilent + 10 && spread >= kLeastSpread && change >= kLeastChange && low >= kLeastLow &&
           low <= kMostLow && rhythm >= kLeastRhythm && flatness <= kMostFlat;
  }
};

SpeechActivity::SpeechActivity() {
  for (std::size_t i = 0; i < kWindow; ++i) {
    const double turn = 2 * std::numbers::pi * static_cast<double>(i) / kWindow;
    window_[i] = static_cast<float>(0.5 - 0.5 * std::cos(turn)) / 32'768.0F;
    if (i < kWindow / 2) turns_[i] = std::polar(1.0F, static_cast<float>(-turn));
  }
}

void SpeechActivity::push(std::span<const std::int16_t> samples) {
  waiting_.insert(waiting_.end(), samples.begin(), samples.end());
  std::size_t used = 0;
  while (waiting_.size() - used >= kWindow) {
    for (std::size_t i = 0; i < kWindow; ++i) spectrum_[i] = waiting_[used + i] * window_[i];
    analyse();
    used += kHop;
  }
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(used));
}

/// The discrete Fourier transform in place, radix 2.
void SpeechActivity::transform() {
  for (std::size_t i = 1, j = 0; i < kWindow; ++i) {
    std::size_t bit = kWindow >> 1U;
    for (; (j & bit) != 0; bit >>= 1U) j ^= bit;
    j ^= bit;
    if (i < j) std::swap(spectrum_[i], spectrum_[j]);
  }
  for (std::size_t length = 2; length <= kWindow; length *= 2) {
    const std::size_t half = length / 2;
    const std::size_t stride = kWindow / length;
    for (std::size_t start = 0; start < kWindow; start += length) {
      for (std::size_t k = 0; k < half; ++k) {
        const std::complex<float> turn = turns_[k * stride];
        const std::complex<float> even = spectrum_[start + k];
        const std::complex<float> raw = spectrum_[start + k + half];
        // Written out: the library's product looks for infinities.
        const std::complex<float> odd(raw.real() * turn.real() - raw.imag() * turn.imag(),
                                      raw.real() * turn.imag() + raw.imag() * turn.real());
        spectrum_[start + k] = even + odd;
        spectrum_[start + k + half] = even - odd;
      }
    }
  }
}

void SpeechActivity::analyse() {
  transform();
  constexpr float kTiny = 1e-9F;
  static const auto edges = [] {
    std::array<std::size_t, kBands + 1> all{};
    for (std::size_t band = 0; band <= kBands; ++band) all[band] = band_edge(band, kBands);
    return all;
  }();
  Frame frame;
  float power = kTiny;
  float logs = 0;
  std::array<float, kBands> bands{};
  for (std::size_t band = 0; band < kBands; ++band) {
    float sum = 1e-6F;
    const std::size_t end = std::max(edges[band] + 1, edges[band + 1]);
    float product = 1;
    for (std::size_t bin = edges[band]; bin < end; ++bin) {
      const float one = std::norm(spectrum_[bin]);
      sum += one;
      product *= one + kTiny;
      if (product < 1e-20F || product > 1e20F) {
        logs += std::log(product);
        product = 1;
      }
    }
    logs += std::log(product);
    power += sum;
    bands[band] = decibel(sum);
    frame.change += std::abs(bands[band] - bands_[band]) / kBands;
  }
  constexpr auto kBins = static_cast<float>(kHighBin - kLowBin);
  frame.level = std::max(kSilent, decibel(power / kWindow));
  frame.flatness = std::exp(logs / kBins) / (power / kBins);
  if (frames_.empty()) frame.change = 0;
  bands_ = bands;
  frames_.push_back(frame);
}

SpeechActivity::Second SpeechActivity::judge(std::size_t first, std::size_t count) const {
  const std::span<const Frame> frames(frames_.data() + first, count);
  const auto size = static_cast<float>(count);
  Second second;
  float level = 0;
  float power = 0;
  for (const Frame& frame : frames) {
    level += frame.level / size;
    power += std::pow(10.0F, frame.level / 10) / size;
    second.change += frame.change / size;
    second.loudest = std::max(second.loudest, frame.level);
  }
  if (second.loudest <= kSilent + 10) return second;
  const float half_power = decibel(power / 2);
  float flat = 0;
  float loud = 0;
  float square = 0;
  for (const Frame& frame : frames) {
    square += (frame.level - level) * (frame.level - level);
    if (frame.level < half_power) second.low += 1 / size;
    if (frame.level < second.loudest - 15) continue;
    flat += frame.flatness;
    loud += 1;
  }
  second.spread = std::sqrt(square / size);
  second.flatness = loud > 0 ? flat / loud : 1;
  if (second.spread < kLeastSpread) return second;
  float slow = 0;
  float all = 1e-6F;
  for (int hertz = 1; hertz <= 25; ++hertz) {
    std::complex<float> sum;
    const std::complex<float> turn =
        std::polar(1.0F, static_cast<float>(-2 * std::numbers::pi) * static_cast<float>(hertz) / size);
    std::complex<float> angle(1, 0);
    for (const Frame& frame : frames) {
      sum += (frame.level - level) * angle;
      angle = {angle.real() * turn.real() - angle.imag() * turn.imag(),
               angle.real() * turn.imag() + angle.imag() * turn.real()};
    }
    all += std::norm(sum);
    if (hertz >= 2 && hertz <= 7) slow += std::norm(sum);
  }
  second.rhythm = slow / all;
  return second;
}

std::vector<Span> SpeechActivity::finish() {
  const auto time = [](std::size_t frame) {
    return Milliseconds(static_cast<std::int64_t>(frame * kHop) * 1'000 / kRate);
  };
  std::vector<float> quiet(frames_.size(), 1e9F);  // level that a frame has to reach to be spoken
  for (std::size_t first = 0; first + kSecond / 2 <= frames_.size(); first += kStep) {
    const std::size_t count = std::min(kSecond, frames_.size() - first);
    const Second second = judge(first, count);
    if (!second.is_speech()) continue;
    const float least = std::max(second.loudest - kPause, kSilent + 5);
    for (std::size_t i = first; i < first + count; ++i) quiet[i] = std::min(quiet[i], least);
  }
  std::vector<Span> spans;
  for (std::size_t i = 0; i < frames_.size(); ++i) {
    if (frames_[i].level < quiet[i]) continue;
    const Span one{time(i), time(i + 1) + Milliseconds(16)};
    if (!spans.empty() && one.start - spans.back().end <= kBridge) {
      spans.back().end = one.end;
    } else {
      spans.push_back(one);
    }
  }
  std::erase_if(spans, [](const Span& span) { return span.length() < kLeast; });
  frames_.clear();
  waiting_.clear();
  bands_ = {};
  return spans;
}

}  // namespace tongxing::accessibility
