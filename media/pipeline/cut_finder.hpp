// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <span>
#include <vector>

namespace tongxing::media::pipeline {

/// Finds hard cuts: a picture that differs from the one before much more than pictures did lately. Looks at
/// coarse pictures; a fade, a flash within half a second of another change, and movement are none. Pure.
class CutFinder {
 public:
  /// The brightness of each cell as the eye sees it, 0…1, always as many; times rise.
  void look(std::span<const float> cells, std::chrono::milliseconds time);
  [[nodiscard]] const std::vector<std::chrono::milliseconds>& cuts() const noexcept { return cuts_; }

 private:
  std::vector<float> before_;
  float usual_ = 0;  ///< how much pictures differ, a moving average
  std::chrono::milliseconds changed_{-1'000'000};
  std::vector<std::chrono::milliseconds> cuts_;
};

}  // namespace tongxing::media::pipeline
