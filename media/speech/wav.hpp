// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/narration/speech_engine.hpp"

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

/// WAV files (RIFF, Microsoft and IBM 1991), as far as speech programs write them.
namespace tongxing::media::speech {

enum class WavError : std::uint8_t {
  not_wav,      ///< no RIFF/WAVE header, or chunks that lead nowhere
  unsupported,  ///< anything but 16-bit PCM with one or two channels at 8 to 96 kHz
  empty,        ///< no sample
};

/// Two channels are mixed into one. A data chunk that claims more than there is (a program that wrote to a
/// pipe could not know) ends with the bytes.
[[nodiscard]] std::expected<accessibility::Speech, WavError> read_wav(std::string_view bytes);
/// 16-bit PCM, one channel.
[[nodiscard]] std::string write_wav(const accessibility::Speech& speech);

}  // namespace tongxing::media::speech
