// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/av/encoder.hpp"

extern "C" {
#include <libavutil/channel_layout.h>
}

#include "media/av/dictionary.hpp"
#include "media/av/error.hpp"

namespace tongxing::media::av {

Encoder::Encoder(const char* name) {
  const AVCodec* codec = avcodec_find_encoder_by_name(name);
  if (codec == nullptr) throw Fault(std::string("no encoder ") + name, AVERROR_ENCODER_NOT_FOUND);
  context_.reset(check_pointer(avcodec_alloc_context3(codec), "encoder"));
  context_->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;  // parameter sets go into the init segment
}

Encoder Encoder::h264(const VideoSettings& settings) {
  Encoder encoder("libx264");
  AVCodecContext* context = encoder.get();
  context->width = settings.width;
  context->height = settings.height;
  context->pix_fmt = AV_PIX_FMT_YUV420P;
  context->sample_aspect_ratio = {1, 1};
  context->framerate = {settings.rate.num, settings.rate.den};
  context->time_base = {settings.rate.den, settings.rate.num};
  context->gop_size = settings.gop_frames;
  context->keyint_min = settings.gop_frames;
  context->max_b_frames = settings.b_frames;
  context->rc_max_rate = settings.max_kbps * 1000LL;
  context->rc_buffer_size = settings.max_kbps * 1000;
  context->thread_count = settings.threads;
  context->flags |= AV_CODEC_FLAG_CLOSED_GOP;
  context->color_range = AVCOL_RANGE_MPEG;
  context->colorspace = settings.matrix;
  context->color_primaries = settings.primaries;
  context->color_trc = settings.transfer;
  Dictionary options;
  options.set("preset", settings.preset.c_str());
  options.set("profile", settings.profile.c_str());
  options.set("crf", settings.crf);
  options.set("forced-idr", 1);
  options.set("b_strategy", 0);
  options.set("mbtree", 1);
  options.set("rc-lookahead", settings.lookahead);
  // Frames may be left out where nothing changes: rate control goes by their times.
  options.set("x264-params", "scenecut=0:open-gop=0:force-cfr=0:b-pyramid=none");
  check(avcodec_open2(context, nullptr, options.address()), "open H.264 encoder");
  return encoder;
}

Encoder Encoder::aac(const AudioSettings& settings) {
  Encoder encoder("aac");
  AVCodecContext* context = encoder.get();
  context->sample_rate = settings.sample_rate;
  context->bit_rate = settings.bit_rate;
  context->sample_fmt = AV_SAMPLE_FMT_FLTP;
  context->time_base = {1, settings.sample_rate};
  context->profile = FF_PROFILE_AAC_LOW;
  av_channel_layout_default(&context->ch_layout, 1);
  check(avcodec_open2(context, nullptr, nullptr), "open AAC encoder");
  return encoder;
}

void Encoder::send(const Frame* frame) {
  check(avcodec_send_frame(context_.get(), frame == nullptr ? nullptr : frame->get()), "send frame");
}

bool Encoder::receive(Packet& packet) {
  const int got = avcodec_receive_packet(context_.get(), packet.get());
  if (got == AVERROR(EAGAIN) || got == AVERROR_EOF) return false;
  check(got, "receive packet");
  return true;
}

}  // namespace tongxing::media::av
