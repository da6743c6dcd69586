// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

extern "C" {
#include <libavcodec/avcodec.h>
}

#include "media/av/frame.hpp"
#include "media/av/packet.hpp"
#include "media/model/rational.hpp"

namespace tongxing::media::av {

/// How one H.264 rendition is made: constant quality below a cap, closed groups of pictures of a fixed
/// length, up to `b_frames` B-frames in a row (in a fixed pattern, so packets leave in another order than
/// frames came). See docs/decisions/0017 for how preset and options were chosen.
struct VideoSettings {
  int width = 0;
  int height = 0;
  model::Rational rate{25, 1};
  int crf = 23;
  int max_kbps = 0;
  int gop_frames = 50;
  int threads = 1;
  int b_frames = 3;
  int lookahead = 10;  ///< frames that the encoder looks ahead to spread its bits
  std::string preset = "superfast";
  std::string profile = "main";
  AVColorSpace matrix = AVCOL_SPC_BT709;
  AVColorPrimaries primaries = AVCOL_PRI_BT709;
  AVColorTransferCharacteristic transfer = AVCOL_TRC_BT709;
};

/// How an AAC-LC rendition is made.
struct AudioSettings {
  int sample_rate = 48'000;  ///< Hz
  int bit_rate = 48'000;     ///< bits a second
};

/// An encoder of one rendition. One thread at a time. Every error is a Fault: its input is our own.
class Encoder {
 public:
  [[nodiscard]] static Encoder h264(const VideoSettings& settings);
  /// Mono, planar float.
  [[nodiscard]] static Encoder aac(const AudioSettings& settings);

  /// Gives a frame; null drains.
  void send(const Frame* frame);
  /// True where a packet came; false where more frames are needed or the end is reached.
  [[nodiscard]] bool receive(Packet& packet);

  [[nodiscard]] AVCodecContext* get() const noexcept { return context_.get(); }

 private:
  struct Free {
    void operator()(AVCodecContext* context) const noexcept { avcodec_free_context(&context); }
  };
  explicit Encoder(const char* name);
  std::unique_ptr<AVCodecContext, Free> context_;
};

}  // namespace tongxing::media::av
