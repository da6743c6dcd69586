// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

extern "C" {
#include <libavcodec/packet.h>
}

namespace tongxing::media::av {

/// One compressed picture or block of samples. Move-only.
class Packet {
 public:
  Packet();
  void reset() noexcept { av_packet_unref(packet_.get()); }

  [[nodiscard]] AVPacket* get() const noexcept { return packet_.get(); }
  AVPacket* operator->() const noexcept { return packet_.get(); }

 private:
  struct Free {
    void operator()(AVPacket* packet) const noexcept { av_packet_free(&packet); }
  };
  std::unique_ptr<AVPacket, Free> packet_;
};

}  // namespace tongxing::media::av
