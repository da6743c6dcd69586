// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/description/sound_survey.hpp"

#include "accessibility/description/speech_activity.hpp"
#include "media/pipeline/bounded_queue.hpp"
#include "media/pipeline/loudness.hpp"
#include "media/pipeline/stage_group.hpp"
#include "media/pipeline/thinner.hpp"

#include <cstdint>
#include <utility>
#include <vector>

namespace tongxing::media::description {

SoundSurvey survey_sound(pipeline::PcmReader pcm, const std::function<void(std::int64_t samples)>& heard) {
  SoundSurvey survey;
  pipeline::BoundedQueue<std::vector<float>> queue(16);
  pipeline::StageGroup stages([&] { queue.abandon(); });
  pipeline::LoudnessMeter meter;
  stages.start([&] {
    accessibility::SpeechActivity activity;
    pipeline::Thinner thinner;
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
      if (heard) heard(pcm.position());
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
