// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/cue.hpp"
#include "accessibility/description/time_map.hpp"

/// The captions of a lesson that stands still for its descriptions.
namespace tongxing::accessibility {

/// The track in the time of the extended rendition. A cue in whose midst the lesson stands still is taken
/// away while it does and continues afterwards: nobody takes it for the words of the description, and none
/// stands for longer than can be read (rules C6, C12). The rest has the identifier with "/2" behind it:
/// players show only one of two cues with the same. Less than 833 ms before or after the pause (C5) would be
/// a flash: it is shown together with the longer part, reaching into the pause. What begins where the lesson
/// stands still begins when it goes on. Times inside of a cue's text stay as they are.
[[nodiscard]] Track extended_captions(const Track& track, const TimeMap& map);

}  // namespace tongxing::accessibility
