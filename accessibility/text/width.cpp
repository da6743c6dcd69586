// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/text/width.hpp"

#include "accessibility/text/utf8.hpp"
#include "accessibility/text/width_table.hpp"

#include <algorithm>
#include <iterator>
#include <span>

namespace tongxing::accessibility {
namespace {

bool in_table(std::span<const CodeRange> table, char32_t code) {
  const auto range = std::ranges::lower_bound(table, code, {}, &CodeRange::last);
  return range != table.end() && range->first <= code;
}

bool is_space(char32_t code) {
  return code == ' ' || (code >= '\t' && code <= '\r') || code == 0xA0 || code == 0x3000;
}

bool is_line_break(char32_t code) {
  return code == '\n' || code == '\r';
}

/// Marks that are no letters: ASCII and Latin-1 ones, general punctuation, CJK punctuation, fullwidth forms
/// of ASCII.
bool is_punctuation(char32_t code) {
  const auto ascii = [](char32_t c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return c < 0x80 && !letter;
  };
  if (code < 0x80) return ascii(code);
  if (code >= 0xFF01 && code <= 0xFF5E) return ascii(code - 0xFF01 + '!');
  return (code >= 0xA0 && code < 0xC0 && code != 0xAA && code != 0xBA) ||
         (code >= 0x2000 && code <= 0x206F) || (code >= 0x3001 && code <= 0x3003) ||
         (code >= 0x3008 && code <= 0x301F) || code == 0x30FB || code == 0x22EF ||
         (code >= 0xFE30 && code <= 0xFE6F) || (code >= 0xFF5F && code <= 0xFF65);
}

}  // namespace

int half_width(char32_t code) {
  if (code < 0x300) return 1;
  if (in_table(kZeroWidth, code)) return 0;
  return in_table(kWide, code) ? 2 : 1;
}

Counting counting_for(std::string_view language) {
  const auto primary = language.substr(0, language.find('-'));
  for (const auto* east : {"zh", "cmn", "yue", "hak", "nan", "wuu", "ja", "ko"}) {
    if (primary == east) return Counting::east_asian;
  }
  return Counting::code_points;
}

std::size_t half_length(std::string_view text, Counting counting) {
  std::size_t sum = 0;
  while (!text.empty()) {
    const auto next = decode_front(text);
    text.remove_prefix(next.length);
    if (is_line_break(next.code)) continue;
    sum += counting == Counting::east_asian ? static_cast<std::size_t>(half_width(next.code)) : 2;
  }
  return sum;
}

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  bool in_word = false;
  while (!text.empty()) {
    const auto next = decode_front(text);
    text.remove_prefix(next.length);
    const int width = half_width(next.code);
    if (width == 0) continue;
    const bool between = is_space(next.code) || is_punctuation(next.code);
    if (!between && (width == 2 || !in_word)) ++count;
    in_word = !between && width == 1;
  }
  return count;
}

std::size_t count_words(std::string_view text) {
  std::size_t count = 0;
  bool in_word = false;
  while (!text.empty()) {
    const auto next = decode_front(text);
    text.remove_prefix(next.length);
    const bool space = is_space(next.code);
    if (!space && !in_word) ++count;
    in_word = !space;
  }
  return count;
}

}  // namespace tongxing::accessibility
