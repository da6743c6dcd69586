// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/narration/rule.hpp"

/// The reading rules of English. The first that matches wins; all are tried in the order of this file.
namespace tongxing::accessibility {

/// 2026-05-01.
[[nodiscard]] Matched match_english_date(const SourceText& text, std::size_t at);
/// 8:30, 8:30-11:30.
[[nodiscard]] Matched match_english_time(const SourceText& text, std::size_t at);
/// Telephone and room numbers, versions: digit by digit.
[[nodiscard]] Matched match_english_code(const SourceText& text, std::size_t at);
/// ¥12.50, $20.
[[nodiscard]] Matched match_english_money(const SourceText& text, std::size_t at);
/// 1/2, 3/4, 1:3.
[[nodiscard]] Matched match_english_fraction(const SourceText& text, std::size_t at);
/// Every other number, with its sign, unit and range, ordinals and years.
[[nodiscard]] Matched match_english_quantity(const SourceText& text, std::size_t at);
/// e.g., Dr., No. 5.
[[nodiscard]] Matched match_abbreviation(const SourceText& text, std::size_t at);
/// Chapter III, Ⅳ.
[[nodiscard]] Matched match_english_roman(const SourceText& text, std::size_t at);
/// + − × ÷ = ≥ & @ …
[[nodiscard]] Matched match_english_symbol(const SourceText& text, std::size_t at);

}  // namespace tongxing::accessibility
