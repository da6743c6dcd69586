// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/av/decoder.hpp"

#include "media/av/allowed.hpp"
#include "media/av/error.hpp"

namespace tongxing::media::av {

namespace {

/// The first decoder for this codec that is on the allow-list.
const AVCodec* find_allowed(AVCodecID id) {
  void* cursor = nullptr;
  while (const AVCodec* codec = av_codec_iterate(&cursor)) {
    if (codec->id == id && av_codec_is_decoder(codec) != 0 && codec_allowed(codec->name)) return codec;
  }
  return nullptr;
}

}  // namespace

model::Outcome<Decoder> Decoder::open(const AVStream& stream, int threads) {
  const AVCodec* codec = find_allowed(stream.codecpar->codec_id);
  if (codec == nullptr) {
    return model::bad_input("errors.media.unsupported_codec",
                            {{"codec", avcodec_get_name(stream.codecpar->codec_id)}});
  }
  std::unique_ptr<AVCodecContext, Free> context(check_pointer(avcodec_alloc_context3(codec), "decoder"));
  check(avcodec_parameters_to_context(context.get(), stream.codecpar), "decoder parameters");
  context->pkt_timebase = stream.time_base;
  context->thread_count = threads;
  context->max_pixels = kMaxPixels;
  context->err_recognition = 0;
  const int opened = avcodec_open2(context.get(), codec, nullptr);
  if (opened == AVERROR(ENOMEM)) throw Fault("open decoder", opened);
  if (opened < 0) {
    return model::bad_input("errors.media.unsupported_codec", {{"codec", codec->name}}, describe(opened));
  }
  return Decoder(std::move(context));
}

Step Decoder::send(const Packet* packet) {
  const int sent = avcodec_send_packet(context_.get(), packet == nullptr ? nullptr : packet->get());
  if (sent == AVERROR(ENOMEM)) throw Fault("send packet", sent);
  if (sent == AVERROR_EOF) return Step::ended;
  return sent < 0 ? Step::damaged : Step::ready;
}

Step Decoder::receive(Frame& frame) {
  const int got = avcodec_receive_frame(context_.get(), frame.get());
  if (got == AVERROR(ENOMEM)) throw Fault("receive frame", got);
  if (got == AVERROR(EAGAIN)) return Step::needs_more;
  if (got == AVERROR_EOF) return Step::ended;
  return got < 0 ? Step::damaged : Step::ready;
}

}  // namespace tongxing::media::av
