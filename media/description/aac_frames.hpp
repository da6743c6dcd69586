// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/av/encoder.hpp"
#include "media/av/packet.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace tongxing::media::description {

inline constexpr std::int64_t kFrame = 1'024;  ///< samples of one AAC frame
/// Frames that an encoder hears before the first that is kept, so that its state, and the overlap of its
/// windows, are those of an encoder that heard everything before: 0.5 s.
inline constexpr std::int64_t kWarmUp = 24;
/// Frames behind the last that is kept: its window reaches into the next, and the encoder looks one further.
inline constexpr std::int64_t kAhead = 2;

/// Encodes 48 kHz mono sound into AAC frames that can stand in the middle of a longer track. `pcm` begins
/// `skip` frames before the first that is wanted and should end kAhead after the last; what is missing is
/// silence. Gives `count` packets with pts (first + i) · 1024. Safe from several threads.
[[nodiscard]] std::vector<av::Packet> encode_frames(std::span<const float> pcm, std::int64_t skip,
                                                    std::int64_t count, std::int64_t first);

/// A whole short sound as an M4A file.
[[nodiscard]] std::vector<std::byte> encode_file(std::span<const float> pcm);

}  // namespace tongxing::media::description
