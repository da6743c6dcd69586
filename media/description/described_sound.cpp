// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/description/described_sound.hpp"

#include "media/description/voice.hpp"
#include "media/pipeline/audio_rendition.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace tongxing::media::description {

namespace {
constexpr std::int64_t kBlock = kRate;  // one second at a time, where there is no programme to follow
}

DescribedSound::DescribedSound(std::optional<pipeline::PcmReader> programme, double gain_db,
                               accessibility::DuckingEnvelope envelope, std::vector<PlacedVoice> voices,
                               std::int64_t total)
    : programme_(std::move(programme)),
      gain_(static_cast<float>(std::pow(10.0, gain_db / 20))),
      envelope_(std::move(envelope)),
      voices_(std::move(voices)),
      total_(total),
      limiter_(static_cast<float>(std::pow(10.0, pipeline::AudioRendition::kCeilingDbfs / 20))) {}

/// The programme, then silence, up to the length that is wanted.
bool DescribedSound::read(std::vector<float>& block) {
  if (position_ >= total_) return false;
  if (!programme_ || !programme_->next(block)) {
    programme_.reset();
    block.assign(static_cast<std::size_t>(std::min(kBlock, total_ - position_)), 0.0F);
  }
  if (std::ssize(block) > total_ - position_) block.resize(static_cast<std::size_t>(total_ - position_));
  return true;
}

void DescribedSound::mix(std::vector<float>& block) {
  const std::int64_t end = position_ + std::ssize(block);
  for (float& sample : block) sample *= gain_;
  envelope_.apply(block, position_);
  while (next_voice_ < voices_.size() && voices_[next_voice_].sample < end) {
    const PlacedVoice& voice = voices_[next_voice_++];
    sounding_.push_back({voice.sample, prepared(*voice.speech, voice.speed_permille, voice.gain_db)});
  }
  for (const Sounding& one : sounding_) {
    const std::int64_t from = std::max(one.sample, position_);
    const std::int64_t until = std::min(one.sample + std::ssize(one.samples), end);
    for (std::int64_t at = from; at < until; ++at) {
      block[static_cast<std::size_t>(at - position_)] +=
          one.samples[static_cast<std::size_t>(at - one.sample)];
    }
  }
  std::erase_if(sounding_, [&](const Sounding& one) { return one.sample + std::ssize(one.samples) <= end; });
  position_ = end;
}

bool DescribedSound::next(std::vector<float>& block) {
  block.clear();
  while (block.empty() && !ended_) {
    if (read(raw_)) {
      mix(raw_);
      limiter_.add(raw_, block);
    } else {
      ended_ = true;
      limiter_.finish(block);
    }
  }
  return !block.empty();
}

}  // namespace tongxing::media::description
