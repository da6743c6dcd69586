// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/narration/normalise.hpp"
#include "accessibility/narration/rule.hpp"

/// The reading rules of Chinese, Mandarin and Cantonese alike. Each takes a place where something may begin;
/// the first that matches wins. All are tried in the order of this file. They say simplified characters.
namespace tongxing::accessibility {

/// 2026-05-01, 2026年, 2025-2026学年, 80后.
[[nodiscard]] Matched match_han_date(const SourceText& text, std::size_t at);
/// 8:30, 8:30-11:30, 时长1:02:03.
[[nodiscard]] Matched match_han_time(const SourceText& text, std::size_t at);
/// Telephone, identity, room and version numbers: digit by digit. In Mandarin 1 is 幺 in the first three.
[[nodiscard]] Matched match_han_code(const SourceText& text, std::size_t at, SpokenLanguage language);
/// ¥12.50, $20, 12.50元.
[[nodiscard]] Matched match_han_money(const SourceText& text, std::size_t at);
/// 1/2, 5/1, 1:3.
[[nodiscard]] Matched match_han_fraction(const SourceText& text, std::size_t at);
/// Every other number, with its sign, unit and range: -18℃, 10.5%, 2-3次, 60km/h.
[[nodiscard]] Matched match_han_quantity(const SourceText& text, std::size_t at);
/// 第III章, Ⅲ.
[[nodiscard]] Matched match_roman(const SourceText& text, std::size_t at);
/// + − × ÷ = ≥ & @ …
[[nodiscard]] Matched match_han_symbol(const SourceText& text, std::size_t at);

/// 2 before what stands at `at` is 两: a measure word, a unit.
[[nodiscard]] LoneTwo lone_two_before(const SourceText& text, std::size_t at);

/// The value of a Roman numeral of capital letters (1 … 3999, canonical form); 0 for anything else.
[[nodiscard]] int roman_value(std::string_view letters);

}  // namespace tongxing::accessibility
