// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/description/render_progress.hpp"

#include <algorithm>
#include <array>

namespace tongxing::media::description {
namespace {

constexpr std::chrono::milliseconds kInterval{250};
constexpr int kAlmostWhole = 999;
constexpr int kLeastToJudge = 10;  // permille: before that, what is left is a guess
constexpr std::chrono::milliseconds kLeastTime{1'000};

/// Permille of the whole at which each part begins, and the end. Measured with the built-in voice, one
/// thread: see docs/decisions/0022.
constexpr std::array<int, 5> kBegins{0, 50, 120, 860, 1'000};

}  // namespace

void RenderProgress::at(RenderPart part, std::int64_t done, std::int64_t total, Clock::time_point now) {
  if (!listener_ || total <= 0) return;
  const auto index = static_cast<std::size_t>(part);
  const auto share = std::clamp(static_cast<double>(done) / static_cast<double>(total), 0.0, 1.0);
  const int width = kBegins[index + 1] - kBegins[index];
  const int permille = std::min(kAlmostWhole, kBegins[index] + static_cast<int>(share * width));
  if (permille <= permille_ || (permille_ >= 0 && now - last_ < kInterval)) return;
  permille_ = permille;
  last_ = now;
  const auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(now - start_);
  std::int64_t eta = -1;
  if (permille >= kLeastToJudge && spent >= kLeastTime) eta = spent.count() * (1'000 - permille) / permille;
  listener_(permille, eta);
}

}  // namespace tongxing::media::description
