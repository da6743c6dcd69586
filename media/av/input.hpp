// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>

extern "C" {
#include <libavformat/avformat.h>
}

#include "media/av/byte_source.hpp"
#include "media/av/packet.hpp"
#include "media/model/failure.hpp"

namespace tongxing::media::av {

/// Limits of what libav may meet while it looks into a file (issue of hostile media: every number is a wall).
struct InputLimits {
  int streams = 16;
  std::int64_t probe_bytes = 5'000'000;
  std::int64_t analyse_us = 10'000'000;
  int probe_packets = 500;
};

/// A container opened for reading, by content only: no name, no protocol, no second file, and only the
/// formats and codecs of the allow-lists in allowed.hpp. Owner: one reader of one track. One thread at a
/// time.
class Input {
 public:
  /// Fails with errors.media.{empty,not_media,truncated,too_many_streams}.
  [[nodiscard]] static model::Outcome<Input> open(ByteSource source, const InputLimits& limits = {});

  /// Next packet of a stream that is not discarded. 0, or AVERROR_EOF, or the container's error.
  [[nodiscard]] int read(Packet& packet);
  /// Goes to the key frame at or before a time of the container, in microseconds; false where it cannot.
  [[nodiscard]] bool seek(std::int64_t time_us);
  /// To the first packet of the first track again; false where that cannot be done.
  [[nodiscard]] bool rewind();
  /// From now on only packets of this stream are read.
  void keep_only(int stream_index);

  [[nodiscard]] std::span<AVStream* const> streams() const noexcept;
  [[nodiscard]] AVFormatContext* get() const noexcept { return context_.get(); }

 private:
  struct Close {
    void operator()(AVFormatContext* context) const noexcept { avformat_close_input(&context); }
  };
  Input(std::unique_ptr<ByteSource> source, std::unique_ptr<AVFormatContext, Close> context);

  std::unique_ptr<ByteSource> source_;  // outlives the context that reads from it
  std::unique_ptr<AVFormatContext, Close> context_;
};

}  // namespace tongxing::media::av
