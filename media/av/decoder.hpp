// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

#include "media/av/frame.hpp"
#include "media/av/packet.hpp"
#include "media/model/failure.hpp"

namespace tongxing::media::av {

/// What a decoder says to one step.
enum class Step { ready, needs_more, ended, damaged };

/// A decoder of one stream, from the allow-list only. One thread at a time (it may use threads of its own).
class Decoder {
 public:
  static constexpr std::int64_t kMaxPixels = 4096LL * 2160LL;

  /// Fails with errors.media.unsupported_codec (args: codec).
  [[nodiscard]] static model::Outcome<Decoder> open(const AVStream& stream, int threads);

  /// Gives a packet; null drains. `damaged` means that this packet was of no use.
  [[nodiscard]] Step send(const Packet* packet);
  /// Takes the next frame.
  [[nodiscard]] Step receive(Frame& frame);
  /// Forgets everything it was given: before packets from another place.
  void restart() noexcept { avcodec_flush_buffers(context_.get()); }

  [[nodiscard]] AVCodecContext* get() const noexcept { return context_.get(); }

 private:
  struct Free {
    void operator()(AVCodecContext* context) const noexcept { avcodec_free_context(&context); }
  };
  explicit Decoder(std::unique_ptr<AVCodecContext, Free> context) : context_(std::move(context)) {}
  std::unique_ptr<AVCodecContext, Free> context_;
};

}  // namespace tongxing::media::av
