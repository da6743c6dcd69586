// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/description/paused_sound.hpp"

#include "media/av/fragment_muxer.hpp"
#include "media/description/aac_frames.hpp"
#include "media/description/fragment_boxes.hpp"
#include "media/description/segment_encoder.hpp"
#include "media/description/voice.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace tongxing::media::description {

namespace {

using accessibility::Milliseconds;

constexpr std::int64_t kFade = kRate / 100;  // 10 ms: no click where the programme stops and goes on

std::int64_t to_samples(Milliseconds time) {
  return time.count() * kRate / 1'000;
}

/// Fades the end of what was before out.
void fade_out(std::vector<float>& samples) {
  const auto count = std::min<std::ptrdiff_t>(kFade, std::ssize(samples));
  for (std::ptrdiff_t i = 0; i < count; ++i) {
    samples[samples.size() - 1 - static_cast<std::size_t>(i)] *=
        static_cast<float>(i) / static_cast<float>(kFade);
  }
}

void append_faded_in(std::vector<float>& to, std::span<const float> samples) {
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const float gain =
        static_cast<std::int64_t>(i) < kFade ? static_cast<float>(i) / static_cast<float>(kFade) : 1.0F;
    to.push_back(samples[i] * gain);
  }
}

}  // namespace

Milliseconds pause_for_clip(Milliseconds clip) {
  const Milliseconds needed = kLeadIn + clip + kLeadOut;
  return (needed + kPauseGrid - Milliseconds(1)) / kPauseGrid * kPauseGrid;
}

PausedSound::PausedSound(const pipeline::OutputFolder& rendition, std::vector<std::int64_t> borders,
                         std::vector<SpokenPause> pauses)
    : folder_(rendition), borders_(std::move(borders)) {
  for (SpokenPause& pause : pauses) {
    if (works_.empty() || works_.back().segment != pause.segment) {
      Work work;
      work.segment = pause.segment;
      work.from = std::max<std::int64_t>(0, borders_[pause.segment] - kWarmUp) * kFrame;
      work.until = (borders_[pause.segment + 1] + kAhead) * kFrame;
      works_.push_back(std::move(work));
    }
    works_.back().pauses.push_back(pause);
  }
}

void PausedSound::add(std::span<const float> samples) {
  const std::int64_t end = position_ + std::ssize(samples);
  for (std::size_t i = first_open_; i < works_.size() && works_[i].from < end; ++i) {
    Work& work = works_[i];
    const std::int64_t from = std::max(work.from, position_);
    const std::int64_t until = std::min(work.until, end);
    if (from < until) {
      const auto part =
          samples.subspan(static_cast<std::size_t>(from - position_), static_cast<std::size_t>(until - from));
      work.samples.insert(work.samples.end(), part.begin(), part.end());
    }
    if (until == work.until) {
      close(work);
      first_open_ = i + 1;
    }
  }
  position_ = end;
}

void PausedSound::close(Work& work) {
  const std::int64_t first = borders_[work.segment];
  const std::int64_t end = borders_[work.segment + 1];
  work.samples.resize(static_cast<std::size_t>(work.until - work.from), 0.0F);
  std::vector<float> sound;
  std::int64_t used = work.from;
  std::int64_t added = 0;  // frames
  for (const SpokenPause& pause : work.pauses) {
    // The picture decides which segment stands still: its borders differ from the sound's by half a frame.
    const std::int64_t at = std::clamp(to_samples(pause.at), std::max(used, first * kFrame), end * kFrame);
    const auto programme =
        std::span(work.samples)
            .subspan(static_cast<std::size_t>(used - work.from), static_cast<std::size_t>(at - used));
    if (used == work.from) {
      sound.assign(programme.begin(), programme.end());
    } else {
      append_faded_in(sound, programme);
    }
    used = at;
    fade_out(sound);
    const auto length = static_cast<std::size_t>(to_samples(pause.length));
    const std::size_t start = sound.size();
    sound.resize(start + length, 0.0F);
    const auto voice = limited(prepared(*pause.speech, 1'000, pause.gain_db));
    const auto lead = static_cast<std::size_t>(to_samples(kLeadIn));
    std::copy_n(voice.begin(), std::min(voice.size(), length - lead),
                sound.begin() + static_cast<std::ptrdiff_t>(start + lead));
    added += std::ssize(sound) - static_cast<std::ptrdiff_t>(start);
  }
  append_faded_in(sound, std::span(work.samples).subspan(static_cast<std::size_t>(used - work.from)));
  const std::int64_t skip = first - work.from / kFrame;
  const std::int64_t frames = end - first + added / kFrame;
  av::Encoder shape = av::Encoder::aac({});
  av::FragmentMuxer muxer(shape);
  static_cast<void>(muxer.init());
  for (av::Packet& packet : encode_frames(sound, skip, frames, 0)) muxer.write(packet);
  auto bytes = muxer.flush();
  if (!set_first_time(bytes, static_cast<std::uint64_t>(first * kFrame)))
    throw std::logic_error("own fragment");
  folder_.write("x" + std::to_string(work.segment) + ".m4s", bytes);
  made_.push_back({work.segment, samples_to_us(frames * kFrame), std::ssize(bytes)});
  work.samples = {};
}

std::vector<PausedSound::Made> PausedSound::finish() {
  for (std::size_t i = first_open_; i < works_.size(); ++i) close(works_[i]);
  first_open_ = works_.size();
  return std::move(made_);
}

}  // namespace tongxing::media::description
