// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/transcript/document.hpp"

#include <string>
#include <string_view>
#include <vector>

/// A document as plain text. UTF-8, LF, one line end at the end.
namespace tongxing::accessibility {

/// For reading and printing: the title, chapters with an underline, and paragraphs that begin with their
/// time:
/// "[1:10] 师傅：再擦干。".
[[nodiscard]] std::string plain_text_of(const Document& document);

/// For a braille display or embosser, which breaks lines by itself: one sentence a line, no times, no
/// underlines, nothing that only decorates (♪, ★, emoji); speakers, sounds and descriptions keep their names.
/// A chapter's title stands between empty lines.
[[nodiscard]] std::string braille_text_of(const Document& document);

/// A text cut after each 。！？!?…⋯ with the closing quotes that follow, and after a full stop before a
/// space.
[[nodiscard]] std::vector<std::string> sentences_of(std::string_view text);

/// "1:10", "1:01:10".
[[nodiscard]] std::string clock_of(Milliseconds time);

}  // namespace tongxing::accessibility
