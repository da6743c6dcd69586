// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/description/span.hpp"

#include <array>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// Where somebody speaks, heard in the sound itself.
namespace tongxing::accessibility {

/// Finds speech in 16 kHz mono sound. Speech changes in a way that music, machines and noise do not: within
/// one second its loudness rises and falls by many decibels at the pace of syllables, its spectrum is never
/// the same for long, and it is tonal where it is loud. Each second is judged by these; within a second that
/// is speech, whatever is not a pause belongs to it. Soft speech under loud music is not found: captions are
/// the first source, this the second. One thread; 12 bytes of memory for each 16 ms.
class SpeechActivity {
 public:
  static constexpr int kRate = 16'000;  ///< Hz

  SpeechActivity();
  /// The next samples.
  void push(std::span<const std::int16_t> samples);
  /// Everything that was speech, sorted and disjoint. Afterwards the object is as new.
  [[nodiscard]] std::vector<Span> finish();

 private:
  static constexpr std::size_t kWindow = 512;  // 32 ms
  static constexpr std::size_t kHop = 256;     // 16 ms
  static constexpr std::size_t kBands = 16;

  struct Frame {
    float level = 0;     ///< decibel of 180–4000 Hz
    float change = 0;    ///< mean change of the bands since the frame before, decibel
    float flatness = 0;  ///< 0: a tone, 1: noise
  };
  struct Second;

  void analyse();
  void transform();
  [[nodiscard]] Second judge(std::size_t first, std::size_t count) const;

  std::array<float, kWindow> window_{};
  std::array<std::complex<float>, kWindow / 2> turns_{};
  std::array<std::complex<float>, kWindow> spectrum_{};
  std::array<float, kBands> bands_{};
  std::vector<float> waiting_;
  std::vector<Frame> frames_;
};

}  // namespace tongxing::accessibility
