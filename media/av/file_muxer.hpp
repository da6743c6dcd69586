// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/av/encoder.hpp"
#include "media/av/packet.hpp"

#include <cstddef>
#include <memory>
#include <vector>

namespace tongxing::media::av {

/// Writes one track as a whole MP4 file into memory: for short files that any player opens
/// by themselves. The encoder's priming is taken off by an edit list. One thread at a time. Every error is a
/// Fault.
class FileMuxer {
 public:
  explicit FileMuxer(const Encoder& encoder);
  FileMuxer(FileMuxer&&) noexcept;
  FileMuxer& operator=(FileMuxer&&) noexcept;
  ~FileMuxer();

  /// Times of the packet are in the encoder's time base; pts, dts and duration must be set.
  void write(Packet& packet);
  /// Ends the file and gives its bytes.
  [[nodiscard]] std::vector<std::byte> finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tongxing::media::av
