// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

extern "C" {
#include <libavutil/frame.h>
}

namespace tongxing::media::av {

/// One decoded picture or block of samples. Move-only; `share` makes a second reference to the same data,
/// which may then be read (never written) from another thread.
class Frame {
 public:
  Frame();
  [[nodiscard]] Frame share() const;
  void reset() noexcept;

  [[nodiscard]] AVFrame* get() const noexcept { return frame_.get(); }
  AVFrame* operator->() const noexcept { return frame_.get(); }

 private:
  struct Free {
    void operator()(AVFrame* frame) const noexcept { av_frame_free(&frame); }
  };
  std::unique_ptr<AVFrame, Free> frame_;
};

}  // namespace tongxing::media::av
