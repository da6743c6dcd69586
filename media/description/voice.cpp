// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/description/voice.hpp"

#include "media/av/error.hpp"
#include "media/av/resampler.hpp"
#include "media/description/time_stretch.hpp"
#include "media/pipeline/audio_rendition.hpp"
#include "media/pipeline/loudness.hpp"
#include "media/pipeline/pcm_reader.hpp"
#include "media/pipeline/peak_limiter.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iterator>
#include <span>

namespace tongxing::media::description {

namespace {

using accessibility::Clip;
using accessibility::Speech;

constexpr double kMostGain = 24;  // decibel

std::vector<float> at_rate(const Speech& speech) {
  std::vector<float> out;
  if (speech.samples.empty()) return out;
  if (speech.sample_rate == kRate) {
    out.reserve(speech.samples.size());
    for (const std::int16_t sample : speech.samples) out.push_back(static_cast<float>(sample) / 32'768.0F);
    return out;
  }
  av::Frame frame;
  frame->format = AV_SAMPLE_FMT_S16;
  frame->sample_rate = speech.sample_rate;
  frame->nb_samples = static_cast<int>(speech.samples.size());
  av_channel_layout_default(&frame->ch_layout, 1);
  av::check(av_frame_get_buffer(frame.get(), 0), "sound buffer");
  std::ranges::copy(speech.samples, reinterpret_cast<std::int16_t*>(frame->data[0]));
  av::Resampler resampler;
  resampler.convert(frame, out);
  resampler.drain(out);
  return out;
}

}  // namespace

void trim(Speech& speech) {
  constexpr int kAudible = 100;  // −50 dB
  const auto loud = [](int sample) { return std::abs(sample) > kAudible; };
  auto& samples = speech.samples;
  const auto first = std::ranges::find_if(samples, loud);
  if (first == samples.end()) return;
  const auto last = std::find_if(samples.rbegin(), samples.rend(), loud).base();
  const std::ptrdiff_t rest = speech.sample_rate * 30 / 1'000;
  const auto begin = std::max<std::ptrdiff_t>(0, first - samples.begin() - rest);
  const auto end = std::min<std::ptrdiff_t>(std::ssize(samples), last - samples.begin() + rest);
  samples.erase(samples.begin() + end, samples.end());
  samples.erase(samples.begin(), samples.begin() + begin);
}

model::Outcome<std::vector<Voice>> speak_all(accessibility::SpeechEngine& engine,
                                             const std::vector<accessibility::Description>& descriptions,
                                             const std::string& language, int units_a_minute,
                                             RenderProgress* progress) {
  std::vector<Voice> voices;
  voices.reserve(descriptions.size());
  std::chrono::milliseconds sum{0};
  for (const accessibility::Description& one : descriptions) {
    Voice voice;
    if (auto speech = engine.speak({one.text, language, units_a_minute})) {
      voice.state = Clip::State::made;
      voice.speech = std::move(*speech);
      trim(voice.speech);
      sum += voice.speech.duration();
    }
    if (sum > kMostSpeech) return model::bad_input("errors.description.too_much_speech", {{"hours", "3"}});
    voices.push_back(std::move(voice));
    if (progress != nullptr) progress->at(RenderPart::speaking, std::ssize(voices), std::ssize(descriptions));
  }
  return voices;
}

model::Outcome<Voice> read_recording(int fd) {
  const auto source = pipeline::probe_source(fd);
  if (!source) return std::unexpected(source.error());
  if (!source->audio) return model::bad_input("errors.media.no_streams");
  auto track = pipeline::TrackReader::open(fd, *source, source->audio->stream, 1);
  if (!track) return std::unexpected(std::move(track.error()));
  pipeline::PcmReader pcm(std::move(*track));
  Voice voice;
  voice.speech.sample_rate = kRate;
  std::vector<float> block;
  while (pcm.next(block)) {
    for (const float sample : block) {
      voice.speech.samples.push_back(
          static_cast<std::int16_t>(std::lround(std::clamp(sample, -1.0F, 1.0F) * 32'767)));
    }
    if (voice.speech.duration() > kLongestRecording) {
      return model::bad_input("errors.description.recording_too_long", {{"minutes", "10"}});
    }
  }
  trim(voice.speech);
  if (!voice.speech.samples.empty()) voice.state = Clip::State::made;
  return voice;
}

std::vector<float> prepared(const Speech& speech, int speed_permille, double gain_db) {
  std::vector<float> samples = faster(at_rate(speech), speed_permille);
  const auto gain = static_cast<float>(std::pow(10.0, gain_db / 20));
  for (float& sample : samples) sample *= gain;
  return samples;
}

std::vector<float> limited(std::vector<float> samples) {
  pipeline::PeakLimiter limiter(
      static_cast<float>(std::pow(10.0, pipeline::AudioRendition::kCeilingDbfs / 20)));
  std::vector<float> out;
  out.reserve(samples.size());
  limiter.add(samples, out);
  limiter.finish(out);
  return out;
}

double gain_to(const Speech& speech, double loudness) {
  pipeline::LoudnessMeter meter;
  meter.add(at_rate(speech));
  const double own = meter.integrated();
  return own <= -69 ? 0 : std::clamp(loudness - own, -kMostGain, kMostGain);
}

}  // namespace tongxing::media::description
