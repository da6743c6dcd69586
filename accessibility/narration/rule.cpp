// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/narration/rule.hpp"

#include <charconv>

namespace tongxing::accessibility {

namespace {

constexpr std::size_t kFormulaReach = 24;

/// Of a formula: everything that may stand between its numbers.
bool of_formula(char32_t c) {
  return is_digit(c) || std::u32string_view(U" .+-×÷*/=()<>").contains(c);
}

std::size_t end_of_grouped(const SourceText& text, std::size_t at) {
  std::size_t end = at + text.digits(at);
  if (end - at > 3) return end;
  while (text.at(end) == U',' && text.digits(end + 1) == 3) end += 4;
  return end;
}

}  // namespace

std::optional<Numeral> numeral_at(const SourceText& text, std::size_t at) {
  if (!is_digit(text.at(at))) return std::nullopt;
  Numeral numeral;
  numeral.end = end_of_grouped(text, at);
  for (std::size_t i = at; i < numeral.end; ++i) {
    if (is_digit(text.at(i))) numeral.integer.push_back(static_cast<char>(text.at(i)));
  }
  const std::size_t fraction = text.at(numeral.end) == U'.' ? text.digits(numeral.end + 1) : 0;
  if (fraction > 0) {
    numeral.fraction = text.ascii(numeral.end + 1, numeral.end + 1 + fraction);
    numeral.end += 1 + fraction;
  }
  return numeral;
}

long small_value(std::string_view digits) {
  constexpr std::size_t most = 9;
  long value = -1;
  if (digits.size() <= most) std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

bool in_formula(const SourceText& text, std::size_t at) {
  const auto operation = [](char32_t c) { return std::u32string_view(U"=×÷").contains(c); };
  for (std::size_t i = at; i < at + kFormulaReach && of_formula(text.at(i)); ++i) {
    if (operation(text.at(i))) return true;
  }
  for (std::size_t i = at; i > 0 && i + kFormulaReach > at && of_formula(text.at(i - 1)); --i) {
    if (operation(text.at(i - 1))) return true;
  }
  return false;
}

bool is_sign(const SourceText& text, std::size_t at) {
  if (text.at(at) != U'-' || !is_digit(text.at(at + 1))) return false;
  const char32_t before = text.before(at);
  if (before != U' ') return !is_digit(before) && !is_latin(before) && before != U')' && before != U'%';
  std::size_t i = at;
  while (text.before(i) == U' ') --i;
  return !is_digit(text.before(i)) || !in_formula(text, at);
}

std::optional<std::size_t> range_to(const SourceText& text, std::size_t at) {
  const std::size_t sign = text.skip_spaces(at);
  const char32_t joined = text.at(sign);
  if (joined != U'-' && joined != U'~') return std::nullopt;
  std::size_t next = text.skip_spaces(sign + 1);
  if (text.at(next) == U'-' && joined == U'~') ++next;
  if (!is_digit(text.at(next)) || (joined == U'-' && in_formula(text, at))) return std::nullopt;
  return text.skip_spaces(sign + 1);
}

}  // namespace tongxing::accessibility
