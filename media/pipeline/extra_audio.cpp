// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/extra_audio.hpp"

#include "media/pipeline/audio_rendition.hpp"
#include "media/pipeline/loudness.hpp"
#include "media/pipeline/package_time.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <utility>

namespace tongxing::media::pipeline {

namespace {

constexpr std::int64_t kRate = av::Resampler::kRate;

std::string free_name(const model::ExtraAudio& wanted, const model::Package& package) {
  const std::string name =
      "a-" + wanted.language + (wanted.role == model::AudioRole::description ? "-ad" : "");
  const auto taken = [&](const std::string& tried) {
    return std::ranges::any_of(package.renditions, [&](const auto& r) { return r.name == tried; });
  };
  std::string result = name;
  for (int copy = 2; taken(result); ++copy) result = name + "-" + std::to_string(copy);
  return result;
}

void tell_difference(std::int64_t samples, std::int64_t wanted, const std::string& name, Reporter& reporter) {
  const std::int64_t seconds = std::llabs(samples - wanted) / kRate;
  if (seconds < 1) return;
  reporter.say(
      model::Warning{"errors.media.audio_length", {{"name", name}, {"seconds", std::to_string(seconds)}}});
}

}  // namespace

model::Outcome<model::Rendition> make_extra_audio(const SideSource& sound, const model::ExtraAudio& wanted,
                                                  const model::Package& package, const OutputFolder& output,
                                                  const model::EventListener& listener,
                                                  const Journal* journal) {
  if (!sound.source.audio) return model::bad_input("errors.media.no_sound");
  Reporter reporter(listener);
  const std::string name = free_name(wanted, package);
  reporter.say(model::Planned{{name}});
  const std::int64_t total_us = lesson_us(package);
  reporter.expect(total_us);
  const int stream = sound.source.audio->stream;
  auto first = TrackReader::open(sound.fd, sound.source, stream, 1);
  if (!first) return std::unexpected(std::move(first.error()));
  PcmReader heard(std::move(*first));
  const SoundMeasure measure =
      measure_sound(heard, [&](std::span<const float>) { reporter.progress(name, 0); });
  if (measure.samples == 0) return model::bad_input("errors.media.no_sound");
  const std::int64_t total = total_us * kRate / 1'000'000;
  tell_difference(measure.samples, total, name, reporter);
  const double gain = gain_for(measure.loudness, measure.peak, AudioRendition::kTargetLufs,
                               AudioRendition::kCeilingDbfs + AudioRendition::kMostLimitingDb);
  auto second = TrackReader::again(std::move(heard).release(), sound.fd, sound.source, stream, 1);
  if (!second) return std::unexpected(std::move(second.error()));
  PcmReader pcm(std::move(*second));
  pcm.end_at(total);
  const Account account(journal, name);
  AudioRendition rendition(output, name, wanted.language, time_of(package), reporter, account.finished());
  rendition.listen(account.begin(rendition.so_far()));
  model::Rendition made = rendition.run(std::move(pcm), gain, [&] { return total; });
  account.whole();
  made.role = wanted.role;
  reporter.say(model::OutputReady{name});
  return made;
}

}  // namespace tongxing::media::pipeline
