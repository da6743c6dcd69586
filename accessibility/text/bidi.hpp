// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Control characters that change the order in which a text is shown (Unicode UAX #9, section 2): what
/// somebody reads can be made something else than what is there.
namespace tongxing::accessibility {

/// The first of U+202A … U+202E and U+2066 … U+2069.
[[nodiscard]] std::optional<char32_t> first_bidi_control(std::string_view utf8);

/// Without embeddings and overrides (U+202A … U+202E), and without isolates (U+2066 … U+2069) unless each of
/// them ends in the line that it began in.
[[nodiscard]] std::string without_bidi_tricks(std::string_view utf8);

}  // namespace tongxing::accessibility
