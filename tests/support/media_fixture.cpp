// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/media_fixture.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <numbers>
#include <optional>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <libavutil/display.h>
#include <libavutil/imgutils.h>
}

#include "media/av/dictionary.hpp"
#include "media/av/error.hpp"
#include "media/av/frame.hpp"
#include "media/av/packet.hpp"

namespace tongxing::tests {

namespace {

using media::av::check;
using media::av::check_pointer;
using media::av::Frame;
using media::av::Packet;

struct FreeCodec {
  void operator()(AVCodecContext* context) const noexcept { avcodec_free_context(&context); }
};
using Codec = std::unique_ptr<AVCodecContext, FreeCodec>;

struct CloseOutput {
  void operator()(AVFormatContext* context) const noexcept {
    avio_closep(&context->pb);
    avformat_free_context(context);
  }
};
using Output = std::unique_ptr<AVFormatContext, CloseOutput>;

/// One encoder and its place in the file.
struct Track {
  Codec codec;
  AVStream* stream = nullptr;
  double start = 0;
  std::int64_t sent = 0;
};

Codec new_codec(const std::string& name) {
  const AVCodec* codec = check_pointer(avcodec_find_encoder_by_name(name.c_str()), name.c_str());
  return Codec(check_pointer(avcodec_alloc_context3(codec), "encoder"));
}

void add_stream(Track& track, AVFormatContext& output) {
  track.stream = check_pointer(avformat_new_stream(&output, nullptr), "stream");
  check(avcodec_parameters_from_context(track.stream->codecpar, track.codec.get()), "parameters");
  track.stream->time_base = track.codec->time_base;
}

Track video_track(AVFormatContext& output, const MediaOptions& o) {
  Track track{new_codec(o.video_codec), nullptr, o.video_start, 0};
  AVCodecContext* codec = track.codec.get();
  codec->width = o.width;
  codec->height = o.height;
  const bool odd = o.width % 2 != 0 || o.height % 2 != 0;
  codec->pix_fmt = o.video_codec == "mjpeg" ? AV_PIX_FMT_YUVJ420P
                   : odd                    ? AV_PIX_FMT_YUV444P
                                            : AV_PIX_FMT_YUV420P;
  codec->time_base = {o.rate_den, o.rate_num};
  codec->framerate = {o.rate_num, o.rate_den};
  codec->sample_aspect_ratio = {o.pixel_width, o.pixel_height};
  codec->gop_size = 12;
  codec->thread_count = 1;
  if (o.scan == MediaOptions::Scan::interlaced) {
    codec->flags |= AV_CODEC_FLAG_INTERLACED_DCT | AV_CODEC_FLAG_INTERLACED_ME;
    codec->field_order = AV_FIELD_TT;
  }
  if ((output.oformat->flags & AVFMT_GLOBALHEADER) != 0) codec->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  media::av::Dictionary options;
  if (o.video_codec == "libx264") options.set("preset", "ultrafast");
  check(avcodec_open2(codec, nullptr, options.address()), "open video encoder");
  add_stream(track, output);
  track.stream->avg_frame_rate = codec->framerate;
  track.stream->sample_aspect_ratio = codec->sample_aspect_ratio;
  if (o.rotation != 0) {
    auto* matrix = av_stream_new_side_data(track.stream, AV_PKT_DATA_DISPLAYMATRIX, 9 * sizeof(std::int32_t));
    av_display_rotation_set(reinterpret_cast<std::int32_t*>(check_pointer(matrix, "matrix")), o.rotation);
  }
  return track;
}

Track audio_track(AVFormatContext& output, const MediaOptions& o) {
  Track track{new_codec(o.audio_codec), nullptr, o.audio_start, 0};
  AVCodecContext* codec = track.codec.get();
  codec->sample_rate = o.sample_rate;
  av_channel_layout_default(&codec->ch_layout, o.channels);
  codec->sample_fmt = codec->codec->sample_fmts[0];
  codec->bit_rate = 128'000;
  codec->time_base = {1, o.sample_rate};
  if ((output.oformat->flags & AVFMT_GLOBALHEADER) != 0) codec->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  check(avcodec_open2(codec, nullptr, nullptr), "open audio encoder");
  add_stream(track, output);
  return track;
}

Frame picture(const Track& track, std::int64_t number, const MediaOptions& o) {
  Frame frame;
  frame->format = track.codec->pix_fmt;
  frame->width = o.width;
  frame->height = o.height;
  check(av_frame_get_buffer(frame.get(), 0), "picture");
  for (int plane = 0; plane < 3; ++plane) {
    const bool small = plane > 0 && track.codec->pix_fmt != AV_PIX_FMT_YUV444P;
    const int rows = small ? (o.height + 1) / 2 : o.height;
    const int columns = small ? (o.width + 1) / 2 : o.width;
    for (int y = 0; y < rows; ++y) {
      std::uint8_t* row = frame->data[plane] + static_cast<std::ptrdiff_t>(y) * frame->linesize[plane];
      for (int x = 0; x < columns; ++x) {
        row[x] = static_cast<std::uint8_t>(16 + (x + y + number * (3 + plane)) % 200);
      }
    }
  }
  frame->pts = number;
  // Variable: now and then a picture comes late, by up to half its time.
  if (o.timing == MediaOptions::Timing::variable) frame->pts = number * 4 + number % 3;
  if (o.scan == MediaOptions::Scan::interlaced) {
    frame->interlaced_frame = 1;
    frame->top_field_first = 1;
  }
  return frame;
}

float tone_at(std::int64_t sample, const MediaOptions& o) {
  const double angle = 2 * std::numbers::pi * 440.0 * static_cast<double>(sample) / o.sample_rate;
  const bool click = o.clicks > 0 && sample % (o.sample_rate / 2) < o.sample_rate / 200;
  return static_cast<float>((click ? o.clicks : o.tone) * std::sin(angle));
}

Frame sound(const Track& track, int count, const MediaOptions& o) {
  Frame frame;
  frame->format = track.codec->sample_fmt;
  frame->nb_samples = count;
  frame->sample_rate = o.sample_rate;
  check(av_channel_layout_copy(&frame->ch_layout, &track.codec->ch_layout), "layout");
  check(av_frame_get_buffer(frame.get(), 0), "sound");
  const bool planar = av_sample_fmt_is_planar(track.codec->sample_fmt) != 0;
  const bool is_float = av_get_packed_sample_fmt(track.codec->sample_fmt) == AV_SAMPLE_FMT_FLT;
  for (int channel = 0; channel < o.channels; ++channel) {
    for (int i = 0; i < count; ++i) {
      const float value = tone_at(track.sent + i, o);
      std::uint8_t* plane = frame->extended_data[planar ? channel : 0];
      const std::size_t at = static_cast<std::size_t>(planar ? i : i * o.channels + channel);
      const auto whole = static_cast<std::int16_t>(value * 32'000);
      if (is_float) std::memcpy(plane + at * sizeof value, &value, sizeof value);
      if (!is_float) std::memcpy(plane + at * sizeof whole, &whole, sizeof whole);
    }
  }
  frame->pts = track.sent;
  return frame;
}

void encode(Track& track, const Frame* frame, AVFormatContext& output, bool variable) {
  check(avcodec_send_frame(track.codec.get(), frame == nullptr ? nullptr : frame->get()), "encode");
  Packet packet;
  while (avcodec_receive_packet(track.codec.get(), packet.get()) == 0) {
    AVRational base = track.codec->time_base;
    if (variable) base.den *= 4;
    av_packet_rescale_ts(packet.get(), base, track.stream->time_base);
    const auto shift = static_cast<std::int64_t>(track.start / av_q2d(track.stream->time_base));
    packet->pts += shift;
    packet->dts += shift;
    packet->stream_index = track.stream->index;
    check(av_interleaved_write_frame(&output, packet.get()), "write");
  }
}

void add_cover(AVFormatContext& output, std::optional<Track>& cover) {
  MediaOptions small;
  small.width = 64;
  small.height = 64;
  small.video_codec = "mjpeg";
  cover = video_track(output, small);
  cover->stream->disposition = AV_DISPOSITION_ATTACHED_PIC;
}

void encode_all(AVFormatContext& output, std::optional<Track>& video, std::optional<Track>& audio,
                const MediaOptions& o) {
  const bool variable = o.timing == MediaOptions::Timing::variable;
  const auto frames = static_cast<std::int64_t>(std::lround(o.seconds * o.rate_num / o.rate_den));
  const double sound_seconds = o.audio_seconds > 0 ? o.audio_seconds : o.seconds;
  const auto samples = static_cast<std::int64_t>(std::lround(sound_seconds * o.sample_rate));
  while ((video && video->sent < frames) || (audio && audio->sent < samples)) {
    const double video_at = video && video->sent < frames
                                ? static_cast<double>(video->sent) * o.rate_den / o.rate_num + o.video_start
                                : 1e9;
    const double audio_at = audio && audio->sent < samples
                                ? static_cast<double>(audio->sent) / o.sample_rate + o.audio_start
                                : 1e9;
    if (video_at <= audio_at) {
      const Frame frame = picture(*video, video->sent, o);
      ++video->sent;
      encode(*video, &frame, output, variable);
    } else {
      const int wanted = audio->codec->frame_size > 0 ? audio->codec->frame_size : 1024;
      const int count = static_cast<int>(std::min<std::int64_t>(wanted, samples - audio->sent));
      const Frame frame = sound(*audio, count, o);
      audio->sent += count;
      encode(*audio, &frame, output, false);
    }
  }
  if (video) encode(*video, nullptr, output, variable);
  if (audio) encode(*audio, nullptr, output, false);
}

}  // namespace

void make_test_video(const std::filesystem::path& path, const MediaOptions& o) {
  av_log_set_level(AV_LOG_FATAL);
  AVFormatContext* raw = nullptr;
  check(avformat_alloc_output_context2(&raw, nullptr, nullptr, path.c_str()), "output");
  const Output output(raw);
  check(avio_open(&output->pb, path.c_str(), AVIO_FLAG_WRITE), "create");
  std::optional<Track> video;
  std::optional<Track> audio;
  std::optional<Track> cover;
  if (o.width > 0) video = video_track(*output, o);
  if (o.channels > 0) audio = audio_track(*output, o);
  if (o.cover == MediaOptions::Cover::attached) add_cover(*output, cover);
  media::av::Dictionary options;
  if (path.extension() == ".mp4" && o.index == MediaOptions::Index::front)
    options.set("movflags", "faststart");
  check(avformat_write_header(output.get(), options.address()), "header");
  if (cover) {
    MediaOptions small;
    small.width = 64;
    small.height = 64;
    const Frame frame = picture(*cover, 0, small);
    encode(*cover, &frame, *output, false);
    encode(*cover, nullptr, *output, false);
  }
  encode_all(*output, video, audio, o);
  check(av_write_trailer(output.get()), "trailer");
}

}  // namespace tongxing::tests
