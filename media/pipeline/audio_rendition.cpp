// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/audio_rendition.hpp"

#include "media/av/error.hpp"
#include "media/pipeline/loudness.hpp"

#include <algorithm>
#include <cmath>

namespace tongxing::media::pipeline {

namespace {

constexpr std::int64_t kWarmUp = 24;       // frames that an encoder hears before the first one that is kept
constexpr std::int64_t kFrame = 1024;      // samples of one AAC frame
constexpr std::size_t kKept = 4 * kFrame;  // held back until the whole length is known, so that it can be cut
constexpr std::int64_t kRate = av::Resampler::kRate;

std::int64_t to_us(std::int64_t samples) {
  return (samples * 1'000'000 + kRate / 2) / kRate;
}

std::int64_t border_of(std::int64_t segment, const TimePlan& time) {
  const double seconds = static_cast<double>(segment) * time.segment_frames / time.rate.value();
  return static_cast<std::int64_t>(
      std::llround(seconds * static_cast<double>(kRate) / static_cast<double>(kFrame)));
}

/// Segments that end at their border; the last one may not, and counts only where all are there.
std::vector<model::Segment> usable(const Finished& finished, const TimePlan& time) {
  auto segments = finished.segments;
  const auto at = [&](std::size_t border) {
    return to_us(border_of(static_cast<std::int64_t>(border), time) * kFrame);
  };
  for (std::size_t i = 0; i < segments.size() && !finished.whole; ++i) {
    if (segments[i].duration_us != at(i + 1) - at(i)) segments.resize(i);
  }
  return segments;
}

model::Rendition describe(std::string name, std::string language, std::vector<model::Segment> segments) {
  model::Rendition rendition;
  rendition.name = std::move(name);
  rendition.kind = model::MediaKind::audio;
  rendition.language = std::move(language);
  rendition.channels = 1;
  rendition.sample_rate = static_cast<int>(kRate);
  rendition.segments = std::move(segments);
  return rendition;
}

}  // namespace

SoundMeasure measure_sound(PcmReader& pcm, const std::function<void(std::span<const float>)>& heard) {
  LoudnessMeter meter;
  std::vector<float> block;
  while (pcm.next(block)) {
    meter.add(block);
    heard(block);
  }
  return {pcm.position(), meter.integrated(), meter.true_peak(), pcm.track().too_long()};
}

AudioRendition::AudioRendition(const OutputFolder& package, std::string name, std::string language,
                               const TimePlan& time, Reporter& reporter, const Finished& finished)
    : name_(name),
      time_(time),
      reporter_(reporter),
      encoder_(av::Encoder::aac({})),
      limiter_(static_cast<float>(std::pow(10.0, kCeilingDbfs / 20.0))),
      writer_(package, encoder_, describe(std::move(name), std::move(language), usable(finished, time))),
      whole_(finished.whole),
      start_(border_of(static_cast<std::int64_t>(so_far().segments.size()), time)),
      written_(start_),
      segment_(static_cast<std::int64_t>(so_far().segments.size())),
      segment_start_(start_) {}

model::Rendition AudioRendition::run(PcmReader pcm, double gain_db,
                                     const std::function<std::int64_t()>& total) {
  if (whole_) return writer_.finish();
  const auto gain = static_cast<float>(std::pow(10.0, gain_db / 20.0));
  std::vector<float> block;
  while (pcm.next(block)) feed(block, gain);
  limiter_.finish(waiting_);

  const std::int64_t frames = std::max<std::int64_t>(1, (total() + kFrame / 2) / kFrame);
  waiting_.resize(static_cast<std::size_t>(std::max<std::int64_t>(0, (frames - sent_) * kFrame)), 0.0F);
  send_blocks(0);
  encoder_.send(nullptr);
  drain_packets();
  end_segment(written_);
  return writer_.finish();
}

void AudioRendition::feed(std::span<const float> samples, float gain) {
  louder_.clear();
  for (const float sample : samples) louder_.push_back(sample * gain);
  limiter_.add(louder_, waiting_);
  send_blocks(kKept);
  reporter_.progress(name_, to_us(written_ * kFrame));
}

void AudioRendition::send_blocks(std::size_t keep) {
  std::size_t used = 0;
  while (waiting_.size() - used >= kFrame + keep) {
    send_block(waiting_.data() + used);
    used += kFrame;
    drain_packets();
  }
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(used));
}

/// An encoder that goes on has heard what came shortly before.
void AudioRendition::send_block(const float* samples) {
  if (sent_ < start_ - kWarmUp) {
    ++sent_;
    return;
  }
  av::Frame frame;
  frame->format = AV_SAMPLE_FMT_FLTP;
  frame->sample_rate = static_cast<int>(kRate);
  frame->nb_samples = kFrame;
  frame->pts = sent_ * kFrame;
  av::check(av_channel_layout_copy(&frame->ch_layout, &encoder_.get()->ch_layout), "layout");
  av::check(av_frame_get_buffer(frame.get(), 0), "sound buffer");
  std::copy_n(samples, kFrame, reinterpret_cast<float*>(frame->data[0]));
  encoder_.send(&frame);
  ++sent_;
}

void AudioRendition::drain_packets() {
  av::Packet packet;
  while (encoder_.receive(packet)) {
    if (packet->pts >= start_ * kFrame) {  // what is before only warms encoder and decoder up
      if (written_ == border(segment_ + 1)) end_segment(written_);
      packet->duration = kFrame;
      writer_.write(packet);
      ++written_;
    }
    packet.reset();
  }
}

std::int64_t AudioRendition::border(std::int64_t segment) const {
  return border_of(segment, time_);
}

void AudioRendition::end_segment(std::int64_t frames) {
  if (frames == segment_start_) return;
  writer_.end_segment(to_us(frames * kFrame) - to_us(segment_start_ * kFrame));
  segment_start_ = frames;
  ++segment_;
}

}  // namespace tongxing::media::pipeline
