// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace tongxing::accessibility {

/// What a reference such as "&eacute;" or "&#20013;" stands for.
struct CharacterReference {
  std::size_t length = 0;  ///< bytes after the &; 0: it is no reference, and the & stands for itself
  char32_t first = 0;
  char32_t second = 0;  ///< 0: one code point only
};

/// HTML, "consume a character reference", outside of attributes. `text` begins after the &. The longest known
/// name counts, and old names need no semicolon ("&ampx" is "&x"). Numbers that are no character give U+FFFD;
/// numbers 128 to 159 mean what they mean in windows-1252.
[[nodiscard]] CharacterReference read_character_reference(std::string_view text);

}  // namespace tongxing::accessibility
