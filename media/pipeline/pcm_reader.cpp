// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/pcm_reader.hpp"

#include <algorithm>

namespace tongxing::media::pipeline {

namespace {
constexpr std::int64_t kRate = av::Resampler::kRate;
constexpr std::int64_t kTolerance = kRate / 25;  // 40 ms: below that, time stamps are only rounded badly
constexpr std::int64_t kChunk = kRate;
}  // namespace

void PcmReader::place(std::int64_t time_us) {
  const std::int64_t target = time_us * kRate / 1'000'000;
  const std::int64_t drift = target - (position_ + resampler_.delay());
  if (drift > kTolerance) silence_ = drift;
  if (drift < -kTolerance) drop_ = -drift;
}

bool PcmReader::next(std::vector<float>& block) {
  block.clear();
  if (position_ >= limit_) return false;
  while (block.empty()) {
    if (silence_ > 0) {
      block.assign(static_cast<std::size_t>(std::min(silence_, kChunk)), 0.0F);
      silence_ -= static_cast<std::int64_t>(block.size());
      break;
    }
    if (pending_) {
      resampler_.convert(frame_, block);
      pending_ = false;
    } else if (ended_) {
      return false;
    } else if (reader_.next(frame_)) {
      if (frame_->sample_rate <= 0 || frame_->nb_samples <= 0) continue;
      drop_ = 0;
      place(reader_.time_us());
      pending_ = true;
    } else {
      ended_ = true;
      resampler_.drain(block);
    }
    const auto gone = std::min(drop_, static_cast<std::int64_t>(block.size()));
    block.erase(block.begin(), block.begin() + gone);
    drop_ -= gone;
  }
  const auto left = limit_ - position_;
  if (static_cast<std::int64_t>(block.size()) > left) block.resize(static_cast<std::size_t>(left));
  position_ += static_cast<std::int64_t>(block.size());
  return true;
}

}  // namespace tongxing::media::pipeline
