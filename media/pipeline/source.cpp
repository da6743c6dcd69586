// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/source.hpp"

#include <cmath>
#include <string>

extern "C" {
#include <libavutil/display.h>
}

#include "media/av/decoder.hpp"
#include "media/av/input.hpp"

namespace tongxing::media::pipeline {

namespace {

constexpr AVRational kMicroseconds{1, 1'000'000};

model::Rational rational(AVRational value) {
  return {value.num, value.den > 0 ? value.den : 1};
}

/// Clockwise quarter turns that bring the picture upright.
int quarter_turns(const AVStream& stream) {
  std::size_t size = 0;
  const auto* matrix = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
  if (matrix == nullptr || size < 9 * sizeof(std::int32_t)) return 0;
  const double counter_clockwise = av_display_rotation_get(reinterpret_cast<const std::int32_t*>(matrix));
  if (!std::isfinite(counter_clockwise)) return 0;
  const auto turns = static_cast<int>(std::lround(-counter_clockwise / 90.0));
  return ((turns % 4) + 4) % 4;
}

bool is_cover(const AVStream& stream) {
  return (stream.disposition & (AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_STILL_IMAGE)) != 0;
}

/// The track to use: the default one where there is, else the first that can be decoded, else the first.
const AVStream* choose(const av::Input& input, AVMediaType type) {
  const AVStream* best = nullptr;
  int best_score = -1;
  for (const AVStream* stream : input.streams()) {
    if (stream->codecpar->codec_type != type || is_cover(*stream)) continue;
    const int score = (stream->codecpar->codec_id != AV_CODEC_ID_NONE ? 2 : 0) +
                      ((stream->disposition & AV_DISPOSITION_DEFAULT) != 0 ? 1 : 0);
    if (score > best_score) {
      best = stream;
      best_score = score;
    }
  }
  return best;
}

model::Rational average_rate(const AVStream& stream) {
  const auto average = rational(stream.avg_frame_rate);
  return average.known() ? average : rational(stream.r_frame_rate);
}

Colour colour_of(const AVCodecParameters& par) {
  const int fallback = par.height >= 720 ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
  Colour colour{fallback, fallback, fallback};
  if (par.color_primaries != AVCOL_PRI_UNSPECIFIED) colour.primaries = par.color_primaries;
  if (par.color_trc != AVCOL_TRC_UNSPECIFIED) colour.transfer = par.color_trc;
  if (par.color_space != AVCOL_SPC_UNSPECIFIED) colour.matrix = par.color_space;
  if (colour.matrix == AVCOL_SPC_RGB) colour.matrix = AVCOL_SPC_SMPTE170M;  // what the scaler makes of RGB
  return colour;
}

model::Outcome<VideoTrack> video_track(const AVStream& stream, const SourceLimits& limits) {
  const AVCodecParameters& par = *stream.codecpar;
  // Limits come first: a decoder refuses such a stream without saying why.
  if (par.width <= 0 || par.height <= 0)
    return model::bad_input("errors.media.truncated", {}, "no picture size");
  if (static_cast<std::int64_t>(par.width) * par.height > limits.pixels) {
    return model::bad_input("errors.media.too_large_picture",
                            {{"size", std::to_string(par.width) + "×" + std::to_string(par.height)}});
  }
  const auto rate = average_rate(stream);
  if (rate.known() && rate.value() > limits.frame_rate) {
    return model::bad_input("errors.media.too_fast",
                            {{"limit", std::to_string(std::lround(limits.frame_rate))}});
  }
  if (const auto decoder = av::Decoder::open(stream, 1); !decoder) return std::unexpected(decoder.error());
  VideoTrack track;
  track.stream = stream.index;
  track.coded = {par.width, par.height};
  track.quarter_turns = quarter_turns(stream);
  const auto sar = stream.sample_aspect_ratio.num > 0 ? stream.sample_aspect_ratio : par.sample_aspect_ratio;
  track.shown = shown_size(track.coded, rational(sar), track.quarter_turns);
  track.interlaced = par.field_order != AV_FIELD_UNKNOWN && par.field_order != AV_FIELD_PROGRESSIVE;
  track.high_dynamic_range = par.color_trc == AVCOL_TRC_SMPTE2084 || par.color_trc == AVCOL_TRC_ARIB_STD_B67;
  track.colour = track.high_dynamic_range ? Colour{} : colour_of(par);
  track.rate = rate;
  return track;
}

model::Outcome<AudioTrack> audio_track(const av::Input& input, const AVStream& stream,
                                       const SourceLimits& limits) {
  if (stream.codecpar->sample_rate > limits.sample_rate) {
    return model::bad_input("errors.media.sample_rate", {{"limit", std::to_string(limits.sample_rate)}});
  }
  if (const auto decoder = av::Decoder::open(stream, 1); !decoder) return std::unexpected(decoder.error());
  AudioTrack track{stream.index, 1, 0};
  for (const AVStream* other : input.streams()) {
    if (other->codecpar->codec_type != AVMEDIA_TYPE_AUDIO) continue;
    ++track.tracks;
    if (other->index < stream.index) ++track.number;
  }
  return track;
}

std::int64_t start_of(const AVStream* a, const AVStream* b) {
  std::int64_t start = AV_NOPTS_VALUE;
  for (const AVStream* stream : {a, b}) {
    if (stream == nullptr || stream->start_time == AV_NOPTS_VALUE) continue;
    const auto own = av_rescale_q(stream->start_time, stream->time_base, kMicroseconds);
    if (start == AV_NOPTS_VALUE || own < start) start = own;
  }
  return start == AV_NOPTS_VALUE ? 0 : start;
}

void describe_video(model::Probed& report, const AVStream& stream, const VideoTrack& track) {
  report.has_video = true;
  report.width = track.shown.width;
  report.height = track.shown.height;
  report.frame_rate = track.rate.known() ? track.rate.value() : 0;
  report.video_codec = avcodec_get_name(stream.codecpar->codec_id);
}

void describe_audio(model::Probed& report, const AVStream& stream) {
  report.has_audio = true;
  report.audio_codec = avcodec_get_name(stream.codecpar->codec_id);
  report.channels = stream.codecpar->ch_layout.nb_channels;
  report.sample_rate = stream.codecpar->sample_rate;
}

}  // namespace

model::Outcome<SourceInfo> probe_source(int fd, const SourceLimits& limits) {
  auto input = av::Input::open(av::ByteSource(fd));
  if (!input) return std::unexpected(std::move(input.error()));
  const AVStream* video = choose(*input, AVMEDIA_TYPE_VIDEO);
  const AVStream* audio = choose(*input, AVMEDIA_TYPE_AUDIO);
  if (video == nullptr && audio == nullptr) return model::bad_input("errors.media.no_streams");

  SourceInfo info;
  info.streams = static_cast<int>(input->streams().size());
  const std::int64_t declared = input->get()->duration;
  if (declared != AV_NOPTS_VALUE && declared > 0) info.declared_us = declared;
  // Where times may jump, the difference of the last and the first is no length: the reader will find out.
  const bool jumps = (input->get()->iformat->flags & AVFMT_TS_DISCONT) != 0;
  if (jumps && std::chrono::microseconds(info.declared_us) > limits.duration) info.declared_us = 0;
  if (std::chrono::microseconds(info.declared_us) > limits.duration) {
    return model::bad_input("errors.media.too_long", {{"hours", std::to_string(limits.duration.count())}});
  }
  if (video != nullptr) {
    const auto track = video_track(*video, limits);
    if (!track) return std::unexpected(track.error());
    info.video = *track;
    describe_video(info.report, *video, *track);
  }
  if (audio != nullptr) {
    const auto track = audio_track(*input, *audio, limits);
    if (!track) return std::unexpected(track.error());
    info.audio = *track;
    describe_audio(info.report, *audio);
  }
  info.start_us = start_of(video, audio);
  info.report.duration = std::chrono::milliseconds(info.declared_us / 1000);
  return info;
}

}  // namespace tongxing::media::pipeline
