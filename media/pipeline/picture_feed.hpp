// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/pipeline/cascade.hpp"
#include "media/pipeline/frame_clock.hpp"
#include "media/pipeline/ladder.hpp"

#include <cstdint>

namespace tongxing::media::pipeline {

/// Turns pictures at any times into the frames that the renditions are made of: a constant rate, of which
/// those are left out that repeat the one before. What stands still is said again at every group of pictures
/// and at least every 0.4 s, so that players see a stream that goes on and a seek shows its picture at once.
/// One thread.
class PictureFeed {
 public:
  PictureFeed(const TimePlan& time, CascadeQueue& to);

  /// The next picture, which is taken; false where the receiver is gone.
  [[nodiscard]] bool add(av::Frame& picture, std::int64_t time_us);
  /// The last picture stands until `frames`; then the queue is closed.
  void finish(std::int64_t frames);

  [[nodiscard]] bool empty() const noexcept { return standing_->data[0] == nullptr; }
  /// Frames needed so that the last picture, shown until `end_us`, is seen.
  [[nodiscard]] std::int64_t frames_until(std::int64_t end_us) const noexcept;
  /// Frames that were given on, and of how many.
  [[nodiscard]] std::int64_t given() const noexcept { return given_; }
  [[nodiscard]] std::int64_t frames() const noexcept { return next_; }

 private:
  [[nodiscard]] bool stand_until(std::int64_t index);

  TimePlan time_;
  std::int64_t longest_;  ///< frames that a picture stands without being said again
  CascadeQueue& to_;
  FrameClock clock_;
  av::Frame standing_;     ///< shown until the next one comes
  bool fresh_ = false;     ///< it was not given on yet
  std::int64_t next_ = 0;  ///< output frames so far
  std::int64_t last_ = 0;  ///< index of the frame given on last
  std::int64_t given_ = 0;
};

}  // namespace tongxing::media::pipeline
