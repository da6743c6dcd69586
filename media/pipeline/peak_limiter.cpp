// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/peak_limiter.hpp"

#include <algorithm>
#include <cmath>

namespace tongxing::media::pipeline {

namespace {
constexpr float kRecovery = 1.0F / 4'800;  // part of the missing gain that comes back with each sample
}

PeakLimiter::PeakLimiter(float ceiling) : ceiling_(ceiling) {
  smooth_.fill(1.0F);
}

void PeakLimiter::add(std::span<const float> samples, std::vector<float>& out) {
  for (const float sample : samples) step(sample, out);
}

void PeakLimiter::finish(std::vector<float>& out) {
  const std::size_t inside = waiting_.size();
  for (std::size_t i = 0; i < inside; ++i) step(0.0F, out);
  waiting_.clear();
}

void PeakLimiter::step(float sample, std::vector<float>& out) {
  const float size = std::abs(sample);
  const float needed = size > ceiling_ ? ceiling_ / size : 1.0F;
  while (!lowest_.empty() && lowest_.back().second >= needed) lowest_.pop_back();
  lowest_.emplace_back(position_, needed);
  // A gain must hold for as long as any mean that its sample is multiplied with can see it.
  while (lowest_.front().first <= position_ - 2 * static_cast<std::int64_t>(kAhead)) lowest_.pop_front();
  recovered_ = std::min(lowest_.front().second, recovered_ + (1.0F - recovered_) * kRecovery);

  float& oldest = smooth_[static_cast<std::size_t>(position_) % kAhead];
  smooth_sum_ += static_cast<double>(recovered_) - static_cast<double>(oldest);
  oldest = recovered_;
  ++position_;

  waiting_.push_back(sample);
  if (waiting_.size() <= kAhead) return;
  const float gain = std::min(1.0F, static_cast<float>(smooth_sum_ / kAhead));
  out.push_back(waiting_.front() * gain);
  waiting_.pop_front();
}

}  // namespace tongxing::media::pipeline
