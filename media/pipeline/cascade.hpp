// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/av/frame.hpp"
#include "media/pipeline/bounded_queue.hpp"

#include <cstdint>

namespace tongxing::media::pipeline {

/// One picture on its way down the cascade. It stands until the index of the next one: frames between them
/// are not encoded at all. The last one has no picture; its index is the number of frames of the whole.
struct CascadeFrame {
  av::Frame picture;
  std::int64_t index = 0;  ///< in output frames, from 0, rising; every group of pictures begins with one

  [[nodiscard]] bool end() const noexcept { return picture->data[0] == nullptr; }
};

using CascadeQueue = BoundedQueue<CascadeFrame>;

}  // namespace tongxing::media::pipeline
