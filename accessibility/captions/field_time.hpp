// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/cue.hpp"

#include <optional>
#include <string_view>

namespace tongxing::accessibility {

/// The whole of `text` as "H:MM:SS.f", with one to three digits of a second and any space around it: the
/// times of SBV and ASS. nullopt: it is no such time.
[[nodiscard]] std::optional<Milliseconds> field_time(std::string_view text);

}  // namespace tongxing::accessibility
