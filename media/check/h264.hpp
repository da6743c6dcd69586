// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

/// As much of H.264 (ITU-T H.264) and HEVC (H.265) as tells where a picture may be entered and how large it
/// is.
namespace tongxing::media::check {

/// What the first picture unit of a sample is.
enum class Picture : std::uint8_t {
  instant_refresh,  ///< IDR: nothing after it needs anything before it
  other,
  unreadable  ///< no picture unit, or lengths that do not fit
};

enum class NalCodec : std::uint8_t { h264, hevc };

/// `length_size`: bytes of each NAL unit's length, 1 to 4.
[[nodiscard]] Picture first_picture(std::string_view sample, int length_size, NalCodec codec) noexcept;

/// What a sequence parameter set declares (H.264 §7.3.2.1.1).
struct SequenceParameters {
  std::uint8_t profile = 0;
  std::uint8_t constraints = 0;
  std::uint8_t level = 0;
  int width = 0;  ///< pixels after cropping
  int height = 0;
};

/// `unit` begins with its NAL header. nullopt: damaged, or of a size no picture has.
[[nodiscard]] std::optional<SequenceParameters> read_sequence_parameters(std::string_view unit);

}  // namespace tongxing::media::check
