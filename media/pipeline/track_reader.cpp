// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/track_reader.hpp"

#include "media/av/track_boxes.hpp"

#include <cstdlib>
#include <string_view>
#include <utility>

namespace tongxing::media::pipeline {

namespace {
constexpr AVRational kMicroseconds{1, 1'000'000};
constexpr std::int64_t kJump = 10'000'000;  // microseconds
constexpr std::int64_t kHopeless = 20'000;  // damaged packets in a row after which the rest is given up
}  // namespace

TrackReader::TrackReader(av::Input input, av::Decoder decoder, int stream, const SourceInfo& source)
    : input_(std::move(input)),
      decoder_(std::move(decoder)),
      stream_(stream),
      start_us_(source.start_us),
      declared_us_(source.declared_us) {}

model::Outcome<TrackReader> TrackReader::open(int fd, const SourceInfo& source, int stream, int threads) {
  if (auto alone = open_alone(fd, source, stream, threads)) return std::move(*alone);
  auto input = av::Input::open(av::ByteSource(fd));
  if (!input) return std::unexpected(std::move(input.error()));
  return with_decoder(std::move(*input), source, stream, threads);
}

// MP4 alone: by its index the way back to the first sample is exact, which other formats do not promise.
model::Outcome<TrackReader> TrackReader::again(TrackReader used, int fd, const SourceInfo& source, int stream,
                                               int threads) {
  if (used.is_alone() && used.input_.rewind()) {
    return with_decoder(std::move(used.input_), source, used.stream_, threads);
  }
  static_cast<void>(TrackReader(std::move(used)));
  return open(fd, source, stream, threads);
}

bool TrackReader::is_alone() const noexcept {
  constexpr std::string_view kMov = "mov,mp4,m4a,3gp,3g2,mj2";
  return input_.streams().size() == 1 && input_.get()->iformat->name == kMov;
}

/// MP4 indexes hold an entry for every sample of every track, hundreds of thousands in a long lesson. The
/// other tracks' boxes are hidden, so that each reader has only its own.
std::optional<TrackReader> TrackReader::open_alone(int fd, const SourceInfo& source, int stream,
                                                   int threads) {
  const auto boxes = av::track_boxes(fd);
  if (boxes.size() < 2 || boxes.size() != static_cast<std::size_t>(source.streams)) return {};
  av::ByteSource bytes(fd);
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    if (i != static_cast<std::size_t>(stream)) bytes.overlay(boxes[i], {'f', 'r', 'e', 'e'});
  }
  auto input = av::Input::open(std::move(bytes));
  if (!input || input->streams().size() != 1) return {};
  auto reader = with_decoder(std::move(*input), source, 0, threads);
  if (!reader) return {};
  return std::move(*reader);
}

model::Outcome<TrackReader> TrackReader::with_decoder(av::Input input, const SourceInfo& source, int stream,
                                                      int threads) {
  if (stream < 0 || static_cast<std::size_t>(stream) >= input.streams().size()) {
    return model::bad_input("errors.media.truncated", {}, "the track is gone");
  }
  auto decoder = av::Decoder::open(*input.streams()[static_cast<std::size_t>(stream)], threads);
  if (!decoder) return std::unexpected(std::move(decoder.error()));
  input.keep_only(stream);
  return TrackReader(std::move(input), std::move(*decoder), stream, source);
}

bool TrackReader::seek(std::int64_t time_us) {
  if (!input_.seek(time_us + start_us_)) return false;
  decoder_.restart();
  expected_us_.reset();
  return true;
}

bool TrackReader::next(av::Frame& frame) {
  for (;;) {
    switch (decoder_.receive(frame)) {
      case av::Step::ready:
        stamp(frame);
        in_a_row_ = 0;
        too_long_ = std::chrono::microseconds(time_us_) > SourceLimits{}.duration;
        return !too_long_;
      case av::Step::ended:
        return false;
      case av::Step::damaged:
        ++damaged_;
        if (++in_a_row_ > kHopeless) return false;
        break;
      case av::Step::needs_more:
        feed();
        break;
    }
  }
}

void TrackReader::feed() {
  for (;;) {
    const int got = input_.read(packet_);
    if (got < 0) {
      broken_end_ = got != AVERROR_EOF;
      static_cast<void>(decoder_.send(nullptr));
      return;
    }
    if (packet_->stream_index != stream_) continue;
    close_jump(*packet_.get());
    if (decoder_.send(&packet_) == av::Step::ready) return;
    ++damaged_;
    ++in_a_row_;
  }
}

bool TrackReader::jumps(std::int64_t time_us) const {
  if (!expected_us_) return false;
  const std::int64_t way = time_us - *expected_us_;
  if (way < -kJump) return true;
  if (way < kJump) return false;
  // A pause may be long, for instance between two slides; but not beyond the end that the container declares.
  const bool format_jumps = (input_.get()->iformat->flags & AVFMT_TS_DISCONT) != 0;
  return format_jumps || (declared_us_ > 0 && time_us - start_us_ > declared_us_ + kJump);
}

void TrackReader::close_jump(AVPacket& packet) {
  const AVRational base = input_.streams()[static_cast<std::size_t>(stream_)]->time_base;
  if (packet.dts != AV_NOPTS_VALUE) {
    const std::int64_t raw = av_rescale_q(packet.dts, base, kMicroseconds);
    if (jumps(raw + jump_us_)) jump_us_ = *expected_us_ - raw;
    expected_us_ = raw + jump_us_ + av_rescale_q(packet.duration, base, kMicroseconds);
  }
  const std::int64_t shift = av_rescale_q(jump_us_, kMicroseconds, base);
  if (packet.pts != AV_NOPTS_VALUE) packet.pts += shift;
  if (packet.dts != AV_NOPTS_VALUE) packet.dts += shift;
}

void TrackReader::stamp(const av::Frame& frame) {
  const AVRational base = input_.streams()[static_cast<std::size_t>(stream_)]->time_base;
  std::int64_t duration =
      frame->pkt_duration > 0 ? av_rescale_q(frame->pkt_duration, base, kMicroseconds) : 0;
  if (frame->sample_rate > 0) duration = frame->nb_samples * 1'000'000LL / frame->sample_rate;
  const std::int64_t stamp = frame->best_effort_timestamp;
  if (stamp != AV_NOPTS_VALUE) {
    time_us_ = av_rescale_q(stamp, base, kMicroseconds) - start_us_;
  } else if (!first_) {
    time_us_ += duration_us_;
  }
  first_ = false;
  duration_us_ = duration;
}

}  // namespace tongxing::media::pipeline
