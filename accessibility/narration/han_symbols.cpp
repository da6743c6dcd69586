// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/narration/han_rules.hpp"

#include <algorithm>
#include <iterator>

namespace tongxing::accessibility {

namespace {

struct Symbol {
  char32_t code;
  std::string_view spoken;
};

constexpr Symbol kAlways[] = {
    {U'=', "等于"},   {U'×', "乘"},     {U'÷', "除以"}, {U'≥', "大于等于"}, {U'≤', "小于等于"},
    {U'≠', "不等于"}, {U'≈', "约等于"}, {U'±', "正负"}, {U'&', "和"},       {U'@', "艾特"},
    {U'+', "加"},     {U'Ω', "欧"},     {U'°', "度"},
};

/// Said only beside a number: elsewhere they decorate.
constexpr Symbol kBesideNumbers[] = {{U'<', "小于"}, {U'>', "大于"}, {U'*', "乘"}, {U'#', "号"}};

constexpr int kMostRoman = 3999;

bool part_of_word(char32_t c) {
  return is_latin(c) || is_digit(c);
}

std::string roman_of(int value) {
  struct Step {
    int value;
    std::string_view letters;
  };
  static constexpr Step steps[] = {{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"},
                                   {90, "XC"},  {50, "L"},   {40, "XL"}, {10, "X"},   {9, "IX"},
                                   {5, "V"},    {4, "IV"},   {1, "I"}};
  std::string out;
  for (const Step& step : steps) {
    for (; value >= step.value; value -= step.value) out += step.letters;
  }
  return out;
}

/// Ⅰ … Ⅻ and ⅰ … ⅻ; 0 for others.
unsigned roman_sign(char32_t c) {
  if (c >= 0x2160 && c <= 0x216B) return c - 0x2160 + 1;
  if (c >= 0x2170 && c <= 0x217B) return c - 0x2170 + 1;
  return 0;
}

}  // namespace

int roman_value(std::string_view letters) {
  constexpr std::size_t longest = 15;  // MMMDCCCLXXXVIII
  if (letters.empty() || letters.size() > longest) return 0;
  const auto value = [](char c) {
    switch (c) {
      case 'I':
        return 1;
      case 'V':
        return 5;
      case 'X':
        return 10;
      case 'L':
        return 50;
      case 'C':
        return 100;
      case 'D':
        return 500;
      case 'M':
        return 1000;
      default:
        return 0;
    }
  };
  int total = 0;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const int here = value(letters[i]);
    if (here == 0) return 0;
    const int next = i + 1 < letters.size() ? value(letters[i + 1]) : 0;
    total += here < next ? -here : here;
  }
  return total > 0 && total <= kMostRoman && roman_of(total) == letters ? total : 0;
}

Matched match_roman(const SourceText& text, std::size_t at) {
  Match match;
  if (const unsigned value = roman_sign(text.at(at)); value > 0) {
    match.number(han_integer(std::to_string(value)));
    match.end = at + 1;
    return match;
  }
  if (!is_capital(text.at(at)) || text.before(at) != U'第') return std::nullopt;
  std::size_t end = at;
  while (is_capital(text.at(end)) && end - at < 16) ++end;
  const int value = roman_value(text.ascii(at, end));
  if (value == 0 || part_of_word(text.at(end))) return std::nullopt;
  match.number(han_integer(std::to_string(value)));
  match.end = end;
  return match;
}

Matched match_han_symbol(const SourceText& text, std::size_t at) {
  const char32_t code = text.at(at);
  Match match;
  match.end = at + 1;
  if (code == U'-' && is_digit(text.before(at)) && in_formula(text, at)) return match.words("减");
  if (code == U'-' && text.before(at) == U' ' && in_formula(text, at)) return match.words("减");
  if (code == U'/' && text.before(at) == U'元' && is_han(text.at(at + 1))) return match.words("每");
  if (code == U'/' && in_formula(text, at)) return match.words("除以");
  if (const auto* symbol = std::ranges::find(kAlways, code, &Symbol::code); symbol != std::end(kAlways))
    return match.words(symbol->spoken);
  const bool beside = is_digit(text.at(text.skip_spaces(at + 1)));
  const auto* symbol = std::ranges::find(kBesideNumbers, code, &Symbol::code);
  if (beside && symbol != std::end(kBesideNumbers)) return match.words(symbol->spoken);
  return std::nullopt;
}

}  // namespace tongxing::accessibility
