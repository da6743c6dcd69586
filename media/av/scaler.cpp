// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/av/scaler.hpp"

extern "C" {
#include <libavutil/buffer.h>
#include <libavutil/imgutils.h>
#include <libswscale/swscale.h>
}

#include "media/av/error.hpp"

namespace tongxing::media::av {

namespace {
constexpr int kAlign = 32;
}

struct Scaler::State {
  int width;
  int height;
  SwsContext* sws = nullptr;
  AVBufferPool* pool;

  State(int w, int h) : width(w), height(h), pool(nullptr) {
    const int bytes = check(av_image_get_buffer_size(AV_PIX_FMT_YUV420P, w, h, kAlign), "picture size");
    // Some libav routines read a little past the last row.
    pool = check_pointer(av_buffer_pool_init(static_cast<std::size_t>(bytes) + 64, nullptr), "picture pool");
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    sws_freeContext(sws);
    av_buffer_pool_uninit(&pool);
  }

  [[nodiscard]] Frame new_picture() const {
    Frame frame;
    frame->format = AV_PIX_FMT_YUV420P;
    frame->width = width;
    frame->height = height;
    frame->buf[0] = check_pointer(av_buffer_pool_get(pool), "picture");
    check(av_image_fill_arrays(frame->data, frame->linesize, frame->buf[0]->data, AV_PIX_FMT_YUV420P, width,
                               height, kAlign),
          "picture planes");
    return frame;
  }
};

Scaler::Scaler(int width, int height) : state_(std::make_unique<State>(width, height)) {}
Scaler::Scaler(Scaler&&) noexcept = default;
Scaler& Scaler::operator=(Scaler&&) noexcept = default;
Scaler::~Scaler() = default;

Frame Scaler::scale(const Frame& picture) {
  State& state = *state_;
  if (picture->width == state.width && picture->height == state.height &&
      picture->format == AV_PIX_FMT_YUV420P && picture->color_range != AVCOL_RANGE_JPEG) {
    return picture.share();
  }
  const bool same_size = picture->width == state.width && picture->height == state.height;
  state.sws =
      check_pointer(sws_getCachedContext(state.sws, picture->width, picture->height,
                                         static_cast<AVPixelFormat>(picture->format), state.width,
                                         state.height, AV_PIX_FMT_YUV420P,
                                         same_size ? SWS_POINT : SWS_BICUBIC, nullptr, nullptr, nullptr),
                    "scaler");
  if (picture->color_range == AVCOL_RANGE_JPEG && picture->format == AV_PIX_FMT_YUV420P) {
    const int* matrix = sws_getCoefficients(SWS_CS_DEFAULT);
    sws_setColorspaceDetails(state.sws, matrix, 1, matrix, 0, 0, 1 << 16, 1 << 16);
  }
  Frame out = state.new_picture();
  check(sws_scale(state.sws, picture->data, picture->linesize, 0, picture->height, out->data, out->linesize),
        "scale");
  out->pts = picture->pts;
  return out;
}

}  // namespace tongxing::media::av
