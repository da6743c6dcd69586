// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/narration/normalise.hpp"
#include "accessibility/narration/source_text.hpp"

#include <cstddef>
#include <expected>
#include <string>
#include <vector>

/// What an author writes in braces after characters to say how they are read: 银行{yin2 hang2}. Mandarin
/// takes pinyin with tone digits (ü as v or u:, 5 or 0 the neutral tone), Cantonese jyutping.
namespace tongxing::accessibility {

struct AuthorReading {
  std::vector<std::string> syllables;  ///< in one form: lower case, v, tone 1 to 5 (6)
  std::size_t end = 0;                 ///< after the closing brace
};

/// `at` is the opening brace; `characters` how many Chinese characters stand right before it.
[[nodiscard]] std::expected<AuthorReading, NarrationFinding> author_reading(const SourceText& text,
                                                                            std::size_t at,
                                                                            std::size_t characters,
                                                                            SpokenLanguage language);

}  // namespace tongxing::accessibility
