// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/sound_sides.hpp"

#include "media/pipeline/speech_map.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace tongxing::media::pipeline {

namespace {

constexpr int kRate = 48'000;
constexpr int kPeaksPerSecond = 20;
constexpr int kPeakSamples = kRate / kPeaksPerSecond;
constexpr int kLevelSamples = kRate * static_cast<int>(kLevel_ms) / 1000;
constexpr std::int64_t kLeastSilence_ms = 500;

std::string spans_text(std::span<const SoundSpan> spans) {
  std::string out = "[";
  for (const SoundSpan& span : spans) {
    if (out.size() > 1) out += ',';
    out += '[' + std::to_string(span.from_ms) + ',' + std::to_string(span.to_ms) + ']';
  }
  return out + ']';
}

}  // namespace

void SoundSides::add(std::span<const float> samples) {
  finder_.add(samples);
  for (const float sample : samples) {
    peak_ = std::max(peak_, std::abs(sample));
    if (++in_peak_ == kPeakSamples) {
      peaks_.push_back(static_cast<std::uint8_t>(std::lround(std::min(peak_, 1.0F) * 100)));
      peak_ = 0;
      in_peak_ = 0;
    }
    energy_ += static_cast<double>(sample) * static_cast<double>(sample);
    if (++in_level_ == kLevelSamples) end_level();
  }
}

void SoundSides::end_level() {
  const double mean = energy_ / in_level_;
  levels_.push_back(mean > 1e-12 ? static_cast<float>(10 * std::log10(mean)) : -120.0F);
  energy_ = 0;
  in_level_ = 0;
}

void SoundSides::write(const OutputFolder& package, const model::SoundFacts& facts) const {
  std::string peaks = "{\"peaks_per_second\":" + std::to_string(kPeaksPerSecond) + ",\"peaks\":[";
  for (std::size_t i = 0; i < peaks_.size(); ++i) {
    if (i > 0) peaks += ',';
    peaks += std::to_string(peaks_[i]);
  }
  package.write("waveform.json", peaks + "]}\n");
  const auto heard = heard_spans(levels_);
  const auto total = static_cast<std::int64_t>(levels_.size()) * kLevel_ms;
  std::vector<SoundSpan> speech;
  for (const auto& span : facts.speech) speech.push_back({span.start.count(), span.end.count()});
  package.write("speech.json", "{\"method\":\"energy\",\"heard\":" + spans_text(heard) + ",\"silence\":" +
                                   spans_text(spans_between(heard, total, kLeastSilence_ms)) +
                                   ",\"speech\":" + spans_text(speech) + "}\n");
}

}  // namespace tongxing::media::pipeline
