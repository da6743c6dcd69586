// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/cue.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tongxing::accessibility {

/// Takes a WebVTT timestamp ("00:01.500", "100:00:00.000") from the front of `text` (WebVTT §6.3, "collect a
/// WebVTT timestamp"). nullopt: there is none; then `text` is left anywhere. Hours have any number of digits;
/// more than 999,999,999,999 of them are that many.
[[nodiscard]] std::optional<Milliseconds> take_timestamp(std::string_view& text);

/// "00:00:02.000"; negative times are written as 0.
[[nodiscard]] std::string timestamp_text(Milliseconds time);

/// Removes ASCII white space (space, tab, LF, FF, CR) from the front.
void skip_space(std::string_view& text);

/// Takes the digits at the front; may be empty.
[[nodiscard]] std::string_view take_digits(std::string_view& text);

}  // namespace tongxing::accessibility
