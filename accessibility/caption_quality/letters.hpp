// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

/// What single characters are. Used inside this folder only.
namespace tongxing::accessibility {

[[nodiscard]] constexpr bool is_han(char32_t code) {
  return (code >= 0x3400 && code <= 0x4DBF) || (code >= 0x4E00 && code <= 0x9FFF) ||
         (code >= 0xF900 && code <= 0xFAFF) || (code >= 0x20000 && code <= 0x3FFFD) || code == U'〇';
}

/// Chinese characters, CJK punctuation, fullwidth forms.
[[nodiscard]] constexpr bool is_cjk(char32_t code) {
  return is_han(code) || (code >= 0x3001 && code <= 0x30FF) || (code >= 0xFF01 && code <= 0xFF60);
}

[[nodiscard]] constexpr bool is_digit(char32_t code) {
  return code >= U'0' && code <= U'9';
}

[[nodiscard]] constexpr bool is_lower(char32_t code) {
  return code >= U'a' && code <= U'z';
}

[[nodiscard]] constexpr bool is_latin(char32_t code) {
  return is_lower(code) || (code >= U'A' && code <= U'Z');
}

[[nodiscard]] constexpr bool is_space(char32_t code) {
  return code == U' ' || code == U'\t' || code == 0xA0 || code == 0x3000;
}

inline constexpr std::u32string_view kChineseNumerals = U"〇零一二两兩三四五六七八九十百千万萬亿億半";

[[nodiscard]] constexpr bool is_chinese_numeral(char32_t code) {
  return kChineseNumerals.find(code) != std::u32string_view::npos;
}

}  // namespace tongxing::accessibility
