// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/video_rung.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <utility>

namespace tongxing::media::pipeline {

namespace {

constexpr std::size_t kQueued = 3;  // pictures on the way to a rung: enough to even out, little memory

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
  rendition.frame_rate = settings.time.rate.value() / settings.plan.stride;
  rendition.segments = settings.finished.segments;
  return rendition;
}

/// Every segment but the last is as long as the plan says; a shorter one counts only where all are there.
VideoRung::Settings usable(VideoRung::Settings settings) {
  auto& segments = settings.finished.segments;
  const std::int64_t length = settings.time.segment_frames;
  const auto at = [&](std::size_t border) {
    return model::frames_to_us(static_cast<std::int64_t>(border) * length, settings.time.rate);
  };
  for (std::size_t i = 0; i < segments.size() && !settings.finished.whole; ++i) {
    if (segments[i].duration_us != at(i + 1) - at(i)) segments.resize(i);
  }
  return settings;
}

std::int64_t start_of(const VideoRung::Settings& settings) {
  if (settings.finished.whole) return std::numeric_limits<std::int64_t>::max();
  return static_cast<std::int64_t>(settings.finished.segments.size()) * settings.time.segment_frames;
}

}  // namespace

VideoRung::VideoRung(const OutputFolder& package, const Settings& settings, VideoRung* below,
                     Reporter& reporter)
    : settings_(usable(settings)),
      below_(below),
      reporter_(reporter),
      queue_(kQueued),
      scaler_(settings.plan.size.width, settings.plan.size.height),
      encoder_(av::Encoder::h264(encoder_settings(settings))),
      writer_(package, encoder_, describe(settings_), settings.plan.stride),
      start_(start_of(settings_)),
      needed_(below == nullptr ? start_ : std::min(start_, below->needed_)),
      encoded_(start_),
      segment_start_(start_) {}

model::Rendition VideoRung::run() {
  while (auto item = queue_.pop()) {
    if (item->end()) {
      end_ = item->index;
      if (below_ != nullptr) static_cast<void>(below_->queue().push({av::Frame(), end_}));
      continue;
    }
    if (item->index <= taken_) continue;  // had in the head start
    taken_ = item->index;
    if (item->index < needed_) continue;
    av::Frame picture = scaled(item->picture);
    if (below_ != nullptr && !below_->queue().push({picture.share(), item->index})) break;
    if (item->index >= start_) offer(std::move(picture), item->index);
  }
  if (below_ != nullptr) below_->queue().close();
  if (end_ < 0) return {};  // given up: some other stage failed
  if (settings_.finished.whole) return writer_.finish();
  if (start_ > end_) throw std::logic_error("more is finished than there is");
  if (waiting_index_ >= 0 && waiting_index_ < end_) encode_waiting(end_);
  encoder_.send(nullptr);
  drain_packets();
  end_segment(end_);
  return writer_.finish();
}

av::Frame VideoRung::scaled(const av::Frame& picture) {
  if (last_in_->data[0] == nullptr || last_in_->data[0] != picture->data[0]) {
    last_out_ = scaler_.scale(picture);
    last_in_ = picture.share();
  }
  return last_out_.share();
}

/// A picture between two of this rung's frames is shown from the next one on, unless another comes until
/// then.
void VideoRung::offer(av::Frame picture, std::int64_t index) {
  const std::int64_t stride = settings_.plan.stride;
  const std::int64_t own = (index + stride - 1) / stride * stride;
  if (waiting_index_ >= 0 && own != waiting_index_) {
    encode_waiting(own);
    if (own == hurry_) begin_anew(own);
  }
  waiting_ = std::move(picture);
  waiting_index_ = own;
}

/// A B-frame is decoded after a frame that is shown later. Beside a picture that stands there is none, so
/// that no sample is decoded more than one frame late.
void VideoRung::encode_waiting(std::int64_t next) {
  const std::int64_t index = waiting_index_;
  const std::int64_t stride = settings_.plan.stride;
  const bool stands = next - index > stride || index - encoded_ > stride;
  waiting_->pts = index;
  waiting_->pict_type = index % settings_.time.gop_frames == 0 ? AV_PICTURE_TYPE_I
                        : stands                               ? AV_PICTURE_TYPE_P
                                                               : AV_PICTURE_TYPE_NONE;
  encoded_ = index;
  waiting_->sample_aspect_ratio = {1, 1};
  sent_.push_back(index);
  encoder_.send(&waiting_);
  drain_packets();
  reporter_.progress(name(), model::frames_to_us(segment_start_, settings_.time.rate));
}

void VideoRung::begin_anew(std::int64_t border) {
  emptied_ = border;
  encoder_.send(nullptr);
  drain_packets();
  emptied_ = -1;
  end_segment(border);
  encoder_ = av::Encoder::h264(encoder_settings(settings_));
}

void VideoRung::drain_packets() {
  av::Packet packet;
  while (encoder_.receive(packet)) {
    write(packet);
    packet.reset();
  }
}

/// The n-th packet to be decoded gets the time of the n-th frame to be shown, so that both begin at 0 in
/// every segment and the lengths of samples are those of the frames.
void VideoRung::write(av::Packet& packet) {
  if (sent_.empty()) throw std::logic_error("encoder gave more than it got");
  const std::int64_t decoded = sent_.front();
  sent_.pop_front();
  const std::int64_t next = !sent_.empty() ? sent_.front() : emptied_ >= 0 ? emptied_ : end_;
  if (next <= decoded) throw std::logic_error("encoder gave a packet before the next frame");
  if (decoded % settings_.time.gop_frames == 0) {
    const bool key = (packet->flags & AV_PKT_FLAG_KEY) != 0;
    if (!key || packet->pts != decoded)
      throw std::logic_error("a group of pictures without a key frame first");
    if (decoded % settings_.time.segment_frames == 0) end_segment(decoded);
  }
  packet->dts = decoded;
  packet->duration = next - decoded;
  writer_.write(packet);
}

void VideoRung::end_segment(std::int64_t end) {
  if (end == segment_start_) return;
  const model::Rational rate = settings_.time.rate;
  writer_.end_segment(model::frames_to_us(end, rate) - model::frames_to_us(segment_start_, rate));
  segment_start_ = end;
}

}  // namespace tongxing::media::pipeline
