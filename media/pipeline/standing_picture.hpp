// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/pipeline/picture_reader.hpp"

#include <cstdint>
#include <optional>
#include <utility>

namespace tongxing::media::pipeline {

/// What a video shows at any time, asked for in rising order: the picture that came last. The first also
/// fills the time before it, the last the time behind it. One thread.
class StandingPicture {
 public:
  explicit StandingPicture(PictureReader reader) : reader_(std::move(reader)) { more_ = reader_.next(next_); }

  /// Null where the video has no picture at all. Stays valid until the next call.
  [[nodiscard]] const av::Frame* at(std::int64_t time_us) {
    while (more_ && (shown_->data[0] == nullptr || reader_.time_us() <= time_us)) {
      std::swap(shown_, next_);
      next_.reset();
      more_ = reader_.next(next_);
    }
    return shown_->data[0] == nullptr ? nullptr : &shown_;
  }

 private:
  PictureReader reader_;
  av::Frame shown_;
  av::Frame next_;
  bool more_ = false;
};

}  // namespace tongxing::media::pipeline
