// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/slide_finder.hpp"

#include <algorithm>
#include <cstdlib>

namespace tongxing::media::pipeline {

namespace {

constexpr int kVisible = 14;                      // levels of gray: above what coding does to a still picture
constexpr int kChanged = 24;                      // pixels: a line of text is more, a moving pointer less
constexpr std::int64_t kStill_us = 1'000'000;     // that a slide must stand
constexpr std::int64_t kLongest_us = 10'000'000;  // without a new picture although there is always movement

}  // namespace

int visible_changes(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) noexcept {
  int count = 0;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    if (std::abs(static_cast<int>(a[i]) - static_cast<int>(b[i])) > kVisible) ++count;
  }
  return count;
}

double detail_of(std::span<const std::uint8_t> gray) noexcept {
  if (gray.empty()) return 0;
  double sum = 0;
  double squares = 0;
  for (const std::uint8_t pixel : gray) {
    sum += pixel;
    squares += static_cast<double>(pixel) * pixel;
  }
  const auto count = static_cast<double>(gray.size());
  return squares / count - (sum / count) * (sum / count);
}

std::optional<std::int64_t> SlideFinder::look(std::span<const std::uint8_t> gray, std::int64_t from_us,
                                              std::int64_t until_us) {
  if (kept_.empty()) {
    keep(gray, 0);
    return 0;
  }
  if (visible_changes(before_, gray) >= kChanged) still_ = from_us;
  before_.assign(gray.begin(), gray.end());
  if (visible_changes(kept_, gray) < kChanged) {
    differs_.reset();
    return std::nullopt;
  }
  if (!differs_) differs_ = from_us;
  if (until_us - still_ >= kStill_us) {
    keep(gray, *differs_);
    return start_;
  }
  if (until_us - start_ < kLongest_us) return std::nullopt;
  keep(gray, from_us);
  return start_;
}

void SlideFinder::keep(std::span<const std::uint8_t> gray, std::int64_t start_us) {
  kept_.assign(gray.begin(), gray.end());
  before_ = kept_;
  start_ = start_us;
  differs_.reset();
}

}  // namespace tongxing::media::pipeline
