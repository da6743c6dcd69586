// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>

/// Whether speech stands out from what sounds behind it: WCAG 2.2, success criterion 1.4.7 (20 dB, about a
/// quarter as loud), sounds of one or two seconds that occur now and then left out.
namespace tongxing::accessibility {

enum class Voice : std::uint8_t { absent, present };

/// A short stretch of sound, all of one length.
struct SoundBlock {
  double level_db = 0;          ///< mean square of the samples, dBFS; −infinity for digital silence
  Voice voice = Voice::absent;  ///< what the voice detector says
};

enum class BackgroundVerdict : std::uint8_t {
  no_speech,      ///< nothing to judge
  no_background,  ///< nothing but silence behind it, or it never pauses long enough to tell
  meets,
  too_loud
};

struct BackgroundResult {
  BackgroundVerdict verdict = BackgroundVerdict::no_speech;
  std::optional<double> speech_db{};
  std::optional<double> background_db{};
  std::optional<double> difference_db{};  ///< speech over background
};

/// `length` is that of one block, above 0. At least half a second of each is needed to judge.
[[nodiscard]] BackgroundResult judge_background(std::span<const SoundBlock> blocks,
                                                std::chrono::milliseconds length);

}  // namespace tongxing::accessibility
