// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/cue.hpp"

#include <cstdint>
#include <string>

namespace tongxing::accessibility {

/// How near a TTML region is to the place that WebVTT says.
enum class TtmlFit : std::uint8_t {
  exact,
  near  ///< lines of text were taken as a fifteenth of the picture, or something is left out
};

struct TtmlPlace {
  std::string attributes;  ///< of a <region>, each with a space before it
  TtmlFit fit = TtmlFit::exact;
};

/// The region in which a cue stands. `region` is that of its settings, or nullptr.
[[nodiscard]] TtmlPlace ttml_place(const CueSettings& settings, const Region* region);

}  // namespace tongxing::accessibility
