// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/av/encoder.hpp"
#include "media/av/packet.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace tongxing::media::av {

/// Writes one track as fragmented MP4 (CMAF-style) into memory: an init segment, then one moof + mdat for
/// each flush. One thread at a time. Every error is a Fault.
class FragmentMuxer {
 public:
  using Bytes = std::vector<std::byte>;

  /// `delay`: how much later than it is shown a sample may be decoded (B-frames), in the encoder's time base.
  /// An edit list takes it off again, so that presentation starts at 0 (media checklist H32).
  /// `fragments_before`: fragments that another muxer of the same track has made; times go on from theirs.
  explicit FragmentMuxer(const Encoder& encoder, std::int64_t delay = 0, std::size_t fragments_before = 0);
  FragmentMuxer(FragmentMuxer&&) noexcept;
  FragmentMuxer& operator=(FragmentMuxer&&) noexcept;
  ~FragmentMuxer();

  /// ftyp + moov. Once, before anything else.
  [[nodiscard]] Bytes init();
  /// Times of the packet are in the encoder's time base; pts, dts and duration must be set, dts from 0 on and
  /// rising, at most `delay` later than pts.
  void write(Packet& packet);
  /// Ends the fragment and gives its bytes.
  [[nodiscard]] Bytes flush();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tongxing::media::av
