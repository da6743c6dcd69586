// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/video_rung.hpp"

#include <stdexcept>
#include <utility>

namespace tongxing::media::pipeline {

namespace {

constexpr std::size_t kQueued = 6;  // pictures on the way to a rung: enough to even out, little memory

av::VideoSettings encoder_settings(const VideoRung::Settings& settings) {
  av::VideoSettings video;
  video.width = settings.plan.size.width;
  video.height = settings.plan.size.height;
  video.rate = settings.time.rate;
  video.crf = settings.plan.crf;
  video.max_kbps = settings.plan.max_kbps;
  video.gop_frames = settings.time.gop_frames;
  video.threads = settings.threads;
  video.profile = settings.plan.profile;
  video.matrix = static_cast<AVColorSpace>(settings.colour.matrix);
  video.primaries = static_cast<AVColorPrimaries>(settings.colour.primaries);
  video.transfer = static_cast<AVColorTransferCharacteristic>(settings.colour.transfer);
  return video;
}

model::Rendition describe(const VideoRung::Settings& settings) {
  model::Rendition rendition;
  rendition.name = settings.plan.name;
  rendition.kind = model::MediaKind::video;
  rendition.width = settings.plan.size.width;
  rendition.height = settings.plan.size.height;
  rendition.frame_rate = settings.time.rate.value();
  return rendition;
}

}  // namespace

VideoRung::VideoRung(const OutputFolder& package, const Settings& settings, VideoRung* below,
                     Reporter& reporter)
    : settings_(settings),
      below_(below),
      reporter_(reporter),
      queue_(kQueued),
      scaler_(settings.plan.size.width, settings.plan.size.height),
      encoder_(av::Encoder::h264(encoder_settings(settings))),
      writer_(package, encoder_, describe(settings)) {}

model::Rendition VideoRung::run() {
  while (auto item = queue_.pop()) {
    const av::Frame picture = scaled(item->picture);
    if (below_ != nullptr && !below_->queue().push({picture.share(), item->index})) break;
    encode(picture, item->index);
  }
  if (below_ != nullptr) below_->queue().close();
  encoder_.send(nullptr);
  drain_packets();
  end_segment();
  return writer_.finish();
}

av::Frame VideoRung::scaled(const av::Frame& picture) {
  if (last_in_->data[0] == nullptr || last_in_->data[0] != picture->data[0]) {
    last_out_ = scaler_.scale(picture);
    last_in_ = picture.share();
  }
  return last_out_.share();
}

void VideoRung::encode(const av::Frame& picture, std::int64_t index) {
  const av::Frame frame = picture.share();
  frame->pts = index;
  frame->pict_type = index % settings_.time.gop_frames == 0 ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
  frame->sample_aspect_ratio = {1, 1};
  encoder_.send(&frame);
  drain_packets();
  reporter_.progress(name(), model::frames_to_us(written_, settings_.time.rate));
}

void VideoRung::drain_packets() {
  av::Packet packet;
  while (encoder_.receive(packet)) {
    if (packet->pts != written_) throw std::logic_error("encoder left a hole or reordered");
    if (written_ % settings_.time.segment_frames == 0) {
      if ((packet->flags & AV_PKT_FLAG_KEY) == 0) throw std::logic_error("segment without a key frame");
      end_segment();
    }
    packet->duration = 1;
    writer_.write(packet);
    ++written_;
    packet.reset();
  }
}

void VideoRung::end_segment() {
  if (written_ == segment_start_) return;
  const model::Rational rate = settings_.time.rate;
  writer_.end_segment(model::frames_to_us(written_, rate) - model::frames_to_us(segment_start_, rate));
  segment_start_ = written_;
}

}  // namespace tongxing::media::pipeline
