// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/rational.hpp"

#include <cstdint>

namespace tongxing::media::pipeline {

/// Turns pictures at any times into a constant rate: says how often each is to be shown. Pure arithmetic.
/// A picture is shown from its own time until the next one's; the first also fills the time before it.
class FrameClock {
 public:
  explicit FrameClock(model::Rational rate) : rate_(rate) {}

  /// How many output frames the picture *before* the one at `time_us` fills; 0 drops it. Times that go back
  /// count as no progress.
  [[nodiscard]] std::int64_t until(std::int64_t time_us) {
    const std::int64_t target = index_at(time_us);
    const std::int64_t count = target > emitted_ ? target - emitted_ : 0;
    emitted_ += count;
    return count;
  }

  /// Frames so far.
  [[nodiscard]] std::int64_t emitted() const noexcept { return emitted_; }

  /// The output frame nearest to a time.
  [[nodiscard]] std::int64_t index_at(std::int64_t time_us) const noexcept {
    const double frames = static_cast<double>(time_us) * rate_.value() / 1e6;
    return frames < 0 ? 0 : static_cast<std::int64_t>(frames + 0.5);
  }

 private:
  model::Rational rate_;
  std::int64_t emitted_ = 0;
};

}  // namespace tongxing::media::pipeline
