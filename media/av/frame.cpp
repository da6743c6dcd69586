// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/av/frame.hpp"

#include "media/av/error.hpp"

namespace tongxing::media::av {

Frame::Frame() : frame_(check_pointer(av_frame_alloc(), "frame")) {}

Frame Frame::share() const {
  Frame other;
  check(av_frame_ref(other.get(), get()), "share frame");
  return other;
}

void Frame::reset() noexcept {
  av_frame_unref(frame_.get());
}

}  // namespace tongxing::media::av
