// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/narration/normalise.hpp"
#include "accessibility/narration/rule.hpp"

/// Latin letters: which are a word, which are spelled, and how an address is said.
namespace tongxing::accessibility {

/// One word as it is spoken: itself, or its letters ("P P T"). Short words in capitals and words without a
/// vowel are spelled.
[[nodiscard]] Part latin_word(std::string_view word);
/// A word of Latin letters at `at`, with inner apostrophes and hyphens, or nullopt.
[[nodiscard]] Matched match_latin(const SourceText& text, std::size_t at);
/// https://…, www.…, name@host.cn, host.cn/path. The scheme is not said. At most 300 characters.
[[nodiscard]] Matched match_address(const SourceText& text, std::size_t at, SpokenLanguage language);

}  // namespace tongxing::accessibility
