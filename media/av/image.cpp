// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/av/image.hpp"

#include <memory>

extern "C" {
#include <libavcodec/avcodec.h>
}

#include "media/av/dictionary.hpp"
#include "media/av/error.hpp"
#include "media/av/packet.hpp"

namespace tongxing::media::av {

namespace {

struct Free {
  void operator()(AVCodecContext* context) const noexcept { avcodec_free_context(&context); }
};

const AVCodec* encoder_of(ImageFormat format) {
  return avcodec_find_encoder_by_name(format == ImageFormat::jpeg ? "mjpeg" : "libwebp");
}

/// libav's scale for JPEG: 2 is best, 31 worst.
int jpeg_scale(int quality) {
  return 2 + (100 - quality) * 29 / 100;
}

}  // namespace

bool can_write(ImageFormat format) {
  return encoder_of(format) != nullptr;
}

std::vector<std::byte> write_image(const Frame& picture, ImageFormat format, int quality) {
  const AVCodec* codec = encoder_of(format);
  if (codec == nullptr) throw Fault("no encoder for pictures", AVERROR_ENCODER_NOT_FOUND);
  const std::unique_ptr<AVCodecContext, Free> context(
      check_pointer(avcodec_alloc_context3(codec), "picture encoder"));
  const Frame frame = picture.share();
  context->width = frame->width;
  context->height = frame->height;
  context->pix_fmt = static_cast<AVPixelFormat>(frame->format);
  context->time_base = {1, 25};
  context->thread_count = 1;
  frame->pts = 0;
  frame->pict_type = AV_PICTURE_TYPE_NONE;
  Dictionary options;
  if (format == ImageFormat::jpeg) {
    context->flags |= AV_CODEC_FLAG_QSCALE;
    context->global_quality = jpeg_scale(quality) * FF_QP2LAMBDA;
    context->color_range = AVCOL_RANGE_JPEG;
    frame->quality = context->global_quality;
  } else {
    options.set("quality", quality);
  }
  check(avcodec_open2(context.get(), codec, options.address()), "open picture encoder");
  check(avcodec_send_frame(context.get(), frame.get()), "picture in");
  check(avcodec_send_frame(context.get(), nullptr), "picture end");
  const Packet packet;
  check(avcodec_receive_packet(context.get(), packet.get()), "picture out");
  const auto* bytes = reinterpret_cast<const std::byte*>(packet->data);
  return {bytes, bytes + packet->size};
}

}  // namespace tongxing::media::av
