// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// Numerals in Chinese words, in simplified characters. Digits come as ASCII text, so that no number is too
/// large.
namespace tongxing::accessibility {

/// 2 alone before a measure word is 两.
enum class LoneTwo : std::uint8_t { er, liang };
/// How 1 is said in a telephone, room or identity number.
enum class LoneOne : std::uint8_t { yi, yao };

/// 10050 → 一万零五十. Leading zeros count nothing; more than 16 digits are said one by one. 2 leading a
/// thousand, 万 or 亿 is 两, before a hundred and ten 二.
[[nodiscard]] std::string han_integer(std::string_view digits, LoneTwo two = LoneTwo::er);
/// One by one: 2026 → 二零二六.
[[nodiscard]] std::string han_digits(std::string_view digits, LoneOne one = LoneOne::yi);
/// 10 and 5 → 十点五. An empty fraction: the integer alone.
[[nodiscard]] std::string han_decimal(std::string_view integer, std::string_view fraction,
                                      LoneTwo two = LoneTwo::er);
/// Ours are simplified; Cantonese is given the traditional forms of what we add (两 → 兩).
[[nodiscard]] std::string in_traditional(std::string_view text);

}  // namespace tongxing::accessibility
