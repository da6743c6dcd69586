// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/cue.hpp"

#include <cstdint>
#include <string>
#include <string_view>

/// How fast a description may be spoken, and how long a text takes (rules A1–A3 of the media rules, §3.3).
namespace tongxing::accessibility {

enum class RateUnit : std::uint8_t { characters, words };

/// One language's row; all rates in units a minute.
struct SpeakingRate {
  RateUnit unit = RateUnit::characters;
  int target = 220;   ///< what a fit is computed with
  int fastest = 250;  ///< how far a description may be sped up to fit
  int warn = 250;     ///< a reviewer confirms what is faster
  int error = 270;    ///< blocks publication
};

/// The row of a BCP 47 tag: en is counted in words; yue in characters of its own limits; everything else as
/// Mandarin.
[[nodiscard]] SpeakingRate speaking_rate_for(std::string_view language);

/// The text as it is read by eyes and fingers: readings in braces (银行{yin2 hang2}) taken out.
[[nodiscard]] std::string without_readings(std::string_view text);

/// Characters or words that are spoken; readings in braces and punctuation count nothing.
[[nodiscard]] std::int64_t spoken_units(std::string_view text, RateUnit unit);

/// How long so many units take, rounded up; 0 where the rate is not positive.
[[nodiscard]] Milliseconds spoken_length(std::int64_t units, int units_a_minute);

/// How many whole units fit into a time: what an editor shows as the budget of a gap.
[[nodiscard]] std::int64_t units_within(Milliseconds time, int units_a_minute);

}  // namespace tongxing::accessibility
