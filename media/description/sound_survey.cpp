// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/description/sound_survey.hpp"

#include "accessibility/description/speech_activity.hpp"
#include "media/pipeline/bounded_queue.hpp"
#include "media/pipeline/loudness.hpp"
#include "media/pipeline/stage_group.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace tongxing::media::description {

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

SoundSurvey survey_sound(pipeline::PcmReader pcm) {
  SoundSurvey survey;
  pipeline::BoundedQueue<std::vector<float>> queue(16);
  pipeline::StageGroup stages([&] { queue.abandon(); });
  pipeline::LoudnessMeter meter;
  stages.start([&] {
    accessibility::SpeechActivity activity;
    Thinner thinner;
    std::vector<std::int16_t> thin;
    while (const auto block = queue.pop()) {
      meter.add(*block);
      survey.trace.add(*block);
      thin.clear();
      thinner.add(*block, thin);
      activity.push(thin);
    }
    survey.speech = activity.finish();
  });
  stages.run_here([&] {
    std::vector<float> block;
    std::vector<float> batch;  // decoders give 20 ms at a time: too little to hand over
    while (pcm.next(block)) {
      batch.insert(batch.end(), block.begin(), block.end());
      if (batch.size() < static_cast<std::size_t>(av::Resampler::kRate)) continue;
      if (!queue.push(std::exchange(batch, {}))) return;
    }
    if (queue.push(std::move(batch))) queue.close();
  });
  stages.join();
  survey.samples = pcm.position();
  survey.loudness = meter.integrated();
  survey.peak = meter.true_peak();
  return survey;
}

}  // namespace tongxing::media::description
