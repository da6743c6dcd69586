// SPDX-License-Identifier: GPL-3.0-or-later
// What is not a number in English text: abbreviations, Roman numerals, signs.
#include "accessibility/narration/english_numbers.hpp"
#include "accessibility/narration/english_rules.hpp"
#include "accessibility/narration/han_rules.hpp"

#include <algorithm>
#include <iterator>

namespace tongxing::accessibility {

namespace {

struct Short {
  std::u32string_view written;
  std::string_view spoken;
};

constexpr Short kShort[] = {
    {U"e.g.", "for example"}, {U"i.e.", "that is"},          {U"etc.", "et cetera"},  {U"Dr.", "Doctor"},
    {U"Mr.", "Mister"},       {U"Mrs.", "Missis"},           {U"Ms.", "Miz"},         {U"Prof.", "Professor"},
    {U"vs.", "versus"},       {U"approx.", "approximately"}, {U"incl.", "including"}, {U"Fig.", "figure"}};

struct Symbol {
  char32_t code;
  std::string_view spoken;
};

constexpr Symbol kSymbols[] = {{U'=', "equals"},   {U'×', "times"},         {U'÷', "divided by"},
                               {U'≥', "at least"}, {U'≤', "at most"},       {U'≠', "is not equal to"},
                               {U'≈', "about"},    {U'±', "plus or minus"}, {U'&', "and"},
                               {U'@', "at"},       {U'+', "plus"},          {U'°', "degrees"}};

constexpr Symbol kBesideNumbers[] = {
    {U'<', "less than"}, {U'>', "more than"}, {U'*', "times"}, {U'#', "number"}};

constexpr std::u32string_view kNumbered[] = {U"hapter", U"art",  U"olume", U"ection", U"evel",
                                             U"ype",    U"tage", U"hase",  U"nit",    U"esson",
                                             U"rade",   U"lass", U"able",  U"ppendix"};

unsigned roman_sign(char32_t c) {
  return c >= 0x2160 && c <= 0x216B ? c - 0x2160 + 1 : 0;
}

}  // namespace

Matched match_abbreviation(const SourceText& text, std::size_t at) {
  if (is_latin(text.before(at)) || text.before(at) == U'.') return std::nullopt;
  Match match;
  for (const Short& known : kShort) {
    if (!text.has(at, known.written)) continue;
    match.end = at + known.written.size();
    return match.words(known.spoken);
  }
  const bool number = text.has(at, U"No.") && is_digit(text.at(text.skip_spaces(at + 3)));
  if (!number) return std::nullopt;
  match.end = at + 3;
  return match.words("number");
}

Matched match_english_roman(const SourceText& text, std::size_t at) {
  constexpr std::size_t reach = 10;
  constexpr std::size_t longest = 16;
  Match match;
  if (const unsigned value = roman_sign(text.at(at)); value > 0) {
    match.end = at + 1;
    return match.number(english_integer(std::to_string(value)));
  }
  if (!is_capital(text.at(at)) || text.before(at) != U' ') return std::nullopt;
  const auto left = text.left_of(at - 1, reach);
  if (std::ranges::none_of(kNumbered, [&](auto word) { return left.ends_with(word); })) return std::nullopt;
  std::size_t end = at;
  while (is_capital(text.at(end)) && end - at < longest) ++end;
  const int value = roman_value(text.ascii(at, end));
  if (value == 0 || is_latin(text.at(end)) || is_digit(text.at(end))) return std::nullopt;
  match.end = end;
  return match.number(english_integer(std::to_string(value)));
}

Matched match_english_symbol(const SourceText& text, std::size_t at) {
  const char32_t code = text.at(at);
  Match match;
  match.end = at + 1;
  if (code == U'-' && (is_digit(text.before(at)) || text.before(at) == U' ') && in_formula(text, at))
    return match.words("minus");
  if (code == U'/' && in_formula(text, at)) return match.words("divided by");
  if (const auto* symbol = std::ranges::find(kSymbols, code, &Symbol::code); symbol != std::end(kSymbols))
    return match.words(symbol->spoken);
  const bool beside = is_digit(text.at(text.skip_spaces(at + 1)));
  const auto* symbol = std::ranges::find(kBesideNumbers, code, &Symbol::code);
  if (beside && symbol != std::end(kBesideNumbers)) return match.words(symbol->spoken);
  return std::nullopt;
}

}  // namespace tongxing::accessibility
