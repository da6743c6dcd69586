// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/description/lesson_length.hpp"

#include "media/av/input.hpp"
#include "media/description/aac_frames.hpp"
#include "media/description/voice.hpp"
#include "media/pipeline/frame_clock.hpp"

#include <algorithm>
#include <cmath>

namespace tongxing::media::description {

namespace {

constexpr AVRational kMicroseconds{1, 1'000'000};
constexpr std::int64_t kPaddingUs =
    64'000;  // as in the packager: sound that outlasts the picture by less is cut
constexpr std::int64_t kSegmentMs = 6'000;

/// When the last picture ends, microseconds.
model::Outcome<std::int64_t> picture_end(int fd, const pipeline::SourceInfo& source) {
  auto input = av::Input::open(av::ByteSource(fd));
  if (!input) return std::unexpected(std::move(input.error()));
  const int stream = source.video->stream;
  if (static_cast<std::size_t>(stream) >= input->streams().size())
    return model::bad_input("errors.media.truncated");
  input->keep_only(stream);
  const AVRational base = input->streams()[static_cast<std::size_t>(stream)]->time_base;
  std::int64_t end = 0;
  av::Packet packet;
  while (input->read(packet) >= 0) {
    if (packet->stream_index != stream || packet->pts == AV_NOPTS_VALUE) continue;
    end = std::max(end, av_rescale_q(packet->pts + packet->duration, base, kMicroseconds) - source.start_us);
  }
  return end;
}

}  // namespace

model::Outcome<LessonLength> lesson_length(int media_fd, const pipeline::SourceInfo& source,
                                           std::int64_t sound_samples) {
  LessonLength length;
  length.samples = sound_samples;
  const auto rate = source.video ? source.video->rate : model::Rational{25, 1};
  const pipeline::TimePlan time = pipeline::plan_time(rate, kSegmentMs);
  if (source.video) {
    const auto end = picture_end(media_fd, source);
    if (!end) return std::unexpected(end.error());
    const pipeline::FrameClock clock(time.rate);
    std::int64_t frames = std::max<std::int64_t>(1, clock.index_at(*end));
    const std::int64_t sound_us = sound_samples * 1'000'000 / kRate;
    if (sound_us > model::frames_to_us(frames, time.rate) + kPaddingUs) frames = clock.index_at(sound_us);
    length.samples = model::frames_to_us(frames, time.rate) * kRate / 1'000'000;
  }
  const std::int64_t total = std::max<std::int64_t>(1, (length.samples + kFrame / 2) / kFrame);
  for (std::int64_t segment = 0;; ++segment) {
    const double seconds = static_cast<double>(segment) * time.segment_frames / time.rate.value();
    const auto border =
        static_cast<std::int64_t>(std::llround(seconds * kRate / static_cast<double>(kFrame)));
    if (border >= total) break;
    length.sound_borders.push_back(border);
  }
  length.sound_borders.push_back(total);
  return length;
}

}  // namespace tongxing::media::description
