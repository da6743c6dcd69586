// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

/// What was measured in a source while its package was made. The rules of accessibility judge it; nothing
/// here is a judgement.
namespace tongxing::media::model {

/// A part [start, end) of the lesson's time.
struct Stretch {
  std::chrono::milliseconds start{0};
  std::chrono::milliseconds end{0};
  bool operator==(const Stretch&) const = default;
};

/// Flashes beyond the thresholds of WCAG 2.3.1.
struct FlashStretch {
  enum class Kind : std::uint8_t { general, red };
  Stretch time;
  Kind kind = Kind::general;
  int area_percent = 0;  ///< of the worst field of ten degrees
  bool operator==(const FlashStretch&) const = default;
};

struct SoundFacts {
  std::vector<Stretch> speech;                     ///< where a voice was found, sorted, disjoint
  std::vector<Stretch> heard;                      ///< where anything is to be heard, sorted, disjoint
  std::optional<int> speech_over_background_db{};  ///< nullopt: no speech, or nothing behind it to measure
  bool operator==(const SoundFacts&) const = default;
};

struct PictureFacts {
  int width = 0;  ///< of the source as it is shown, pixels
  int height = 0;
  std::int64_t frames_per_1000_s = 0;           ///< of the source; 0: it does not say
  std::vector<FlashStretch> flashes;            ///< by rising start
  std::vector<std::chrono::milliseconds> cuts;  ///< hard cuts, rising
  bool operator==(const PictureFacts&) const = default;
};

/// The file with the sign language interpreter, as it came.
struct SignerFacts {
  int width = 0;
  int height = 0;
  std::int64_t frames_per_1000_s = 0;
  std::chrono::milliseconds length{0};
  int sound_streams = 0;
  bool operator==(const SignerFacts&) const = default;
};

struct Facts {
  std::optional<SoundFacts> sound{};
  std::optional<PictureFacts> picture{};
  std::optional<SignerFacts> signer{};
  bool operator==(const Facts&) const = default;
};

/// No list of facts is longer: what comes behind is not kept.
inline constexpr std::size_t kMostStretches = 20'000;
inline constexpr std::size_t kMostFlashes = 1'000;

}  // namespace tongxing::media::model
