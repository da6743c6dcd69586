// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

/// Cue text in, mended cue text out; the same string where there is nothing to mend. Used inside this folder
/// only.
namespace tongxing::accessibility {

/// C19: what stood in <i> stays without it.
[[nodiscard]] std::string without_italics(const std::string& cue_text);

/// C18.
[[nodiscard]] std::string with_house_ellipsis(const std::string& cue_text);

/// C17.
[[nodiscard]] std::string with_full_punctuation(const std::string& cue_text);

}  // namespace tongxing::accessibility
