// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Punctuation of Chinese captions (C17, C18): what the rules find and what the repairs write are the same
/// edits. Used inside this folder only.
namespace tongxing::accessibility {

/// Replace `length` characters of a line from `at` on.
struct TextEdit {
  std::size_t at = 0;
  std::size_t length = 0;
  std::u32string with;
};

/// C17: , . ? ! : ; beside Chinese, with the space after them, to fullwidth ones. A point after a figure or a
/// Latin letter stays ("1.打开"), and so does everything between figures ("8:30").
[[nodiscard]] std::vector<TextEdit> punctuation_edits(std::u32string_view line);

/// C18: ".." and more, "。。。", one "…", "⋯" in a line with Chinese to the six dots of the house, "……".
[[nodiscard]] std::vector<TextEdit> ellipsis_edits(std::u32string_view line);

}  // namespace tongxing::accessibility
