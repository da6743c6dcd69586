// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

/// Numerals in English words, British fashion. Digits come as ASCII text.
namespace tongxing::accessibility {

/// 105 → one hundred and five. More than 15 digits are said one by one.
[[nodiscard]] std::string english_integer(std::string_view digits);
/// 020 → zero two zero.
[[nodiscard]] std::string english_digits(std::string_view digits);
/// 3 and 14 → three point one four.
[[nodiscard]] std::string english_decimal(std::string_view integer, std::string_view fraction);
/// 21 → twenty first.
[[nodiscard]] std::string english_ordinal(std::string_view digits);
/// Four digits as a year: 1998 → nineteen ninety eight, 2008 → two thousand and eight.
[[nodiscard]] std::string english_year(std::string_view digits);

}  // namespace tongxing::accessibility
