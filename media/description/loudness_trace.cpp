// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/description/loudness_trace.hpp"

#include <algorithm>
#include <cmath>

namespace tongxing::media::description {

namespace {

constexpr int kTenth = 4'800;  // samples of 100 ms
constexpr double kSilence = -70;
constexpr std::size_t kBlock = 4;  // tenths

double to_lufs(double mean_square) {
  return mean_square > 0 ? std::max(kSilence, -0.691 + 10 * std::log10(mean_square)) : kSilence;
}

double mean_of(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

}  // namespace

void LoudnessTrace::add(std::span<const float> samples) {
  for (const float sample : samples) {
    const double weighted = high_pass_.step(shelf_.step(static_cast<double>(sample)));
    sum_ += weighted * weighted;
    if (++count_ == kTenth) {
      tenths_.push_back(sum_ / kTenth);
      sum_ = 0;
      count_ = 0;
    }
  }
}

double LoudnessTrace::integrated(std::span<const accessibility::Span> spans) const {
  std::vector<double> blocks;
  for (const accessibility::Span& span : spans) {
    const auto first = static_cast<std::size_t>((std::max<std::int64_t>(0, span.start.count()) + 99) / 100);
    const auto end =
        std::min(tenths_.size(), static_cast<std::size_t>(std::max<std::int64_t>(0, span.end.count()) / 100));
    for (std::size_t i = first; i + kBlock <= end; ++i) {
      const double block = mean_of(std::span(tenths_).subspan(i, kBlock));
      if (to_lufs(block) > kSilence) blocks.push_back(block);
    }
  }
  if (blocks.empty()) return kSilence;
  const double gate = to_lufs(mean_of(blocks)) - 10;
  std::erase_if(blocks, [&](double block) { return to_lufs(block) <= gate; });
  return to_lufs(mean_of(blocks));
}

double LoudnessTrace::mean(std::span<const accessibility::Span> spans) const {
  double sum = 0;
  double count = 0;
  for (const accessibility::Span& span : spans) {
    const auto first = static_cast<std::size_t>(std::max<std::int64_t>(0, span.start.count()) / 100);
    const auto end = std::min(
        tenths_.size(), static_cast<std::size_t>(std::max<std::int64_t>(0, span.end.count() + 99) / 100));
    for (std::size_t i = first; i < end; ++i) sum += tenths_[i];
    if (end > first) count += static_cast<double>(end - first);
  }
  return count > 0 ? to_lufs(sum / count) : kSilence;
}

}  // namespace tongxing::media::description
