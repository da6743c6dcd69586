// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/cue.hpp"

#include <optional>
#include <string_view>

namespace tongxing::accessibility {

/// What the frames and ticks of a TTML document last (TTML 2 §7.2).
struct TtmlClock {
  double frame_rate = 30;  ///< frames a second, with its multiplier
  double sub_frame_rate = 1;
  double tick_rate = 1;  ///< ticks a second
};

/// A time expression (TTML 2 §12.3.1): "00:01:02.5", "00:01:02:15" with frames, "62.5s", "1.5h", "100ms",
/// "30f", "10t". Rounded to the nearest millisecond. nullopt: none, or longer than 100,000 hours.
[[nodiscard]] std::optional<Milliseconds> ttml_time(std::string_view text, const TtmlClock& clock);

}  // namespace tongxing::accessibility
