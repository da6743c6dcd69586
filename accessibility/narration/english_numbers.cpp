// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/narration/english_numbers.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>

namespace tongxing::accessibility {

namespace {

constexpr std::string_view kSmall[] = {"zero",    "one",     "two",       "three",    "four",
                                       "five",    "six",     "seven",     "eight",    "nine",
                                       "ten",     "eleven",  "twelve",    "thirteen", "fourteen",
                                       "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
constexpr std::string_view kTens[] = {"",      "",      "twenty",  "thirty", "forty",
                                      "fifty", "sixty", "seventy", "eighty", "ninety"};
constexpr std::string_view kThousands[] = {"", "thousand", "million", "billion", "trillion"};

void append(std::string& out, std::string_view word) {
  if (word.empty()) return;
  if (!out.empty()) out += ' ';
  out += word;
}

/// 1 … 99.
std::string below_hundred(unsigned value) {
  if (value < std::size(kSmall)) return std::string(kSmall[value]);
  std::string out(kTens[value / 10]);
  if (value % 10 != 0) append(out, kSmall[value % 10]);
  return out;
}

/// 1 … 999.
std::string below_thousand(unsigned value) {
  std::string out;
  if (value >= 100) {
    append(out, kSmall[value / 100]);
    append(out, "hundred");
    if (value % 100 != 0) append(out, "and");
  }
  if (value % 100 != 0) append(out, below_hundred(value % 100));
  return out;
}

std::uint64_t value_of(std::string_view digits) {
  std::uint64_t value = 0;
  for (const char c : digits) value = value * 10 + static_cast<unsigned>(c - '0');
  return value;
}

}  // namespace

std::string english_integer(std::string_view digits) {
  constexpr std::size_t most = 15;
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.size() > most) return english_digits(digits);
  const std::uint64_t value = value_of(digits);
  if (value == 0) return std::string(kSmall[0]);
  std::string out;
  std::uint64_t scale = 1'000'000'000'000;
  for (std::size_t group = std::size(kThousands); group-- > 0; scale /= 1000) {
    const auto here = static_cast<unsigned>(value / scale % 1000);
    if (here == 0) continue;
    if (group == 0 && here < 100 && !out.empty()) append(out, "and");
    append(out, below_thousand(here));
    append(out, kThousands[group]);
  }
  return out;
}

std::string english_digits(std::string_view digits) {
  std::string out;
  for (const char c : digits) {
    if (c >= '0' && c <= '9') append(out, kSmall[c - '0']);
  }
  return out;
}

std::string english_decimal(std::string_view integer, std::string_view fraction) {
  std::string out = english_integer(integer);
  if (fraction.empty()) return out;
  append(out, "point");
  append(out, english_digits(fraction));
  return out;
}

std::string english_ordinal(std::string_view digits) {
  struct Irregular {
    std::string_view cardinal;
    std::string_view ordinal;
  };
  static constexpr Irregular irregular[] = {{"one", "first"},     {"two", "second"},   {"three", "third"},
                                            {"five", "fifth"},    {"eight", "eighth"}, {"nine", "ninth"},
                                            {"twelve", "twelfth"}};
  std::string words = english_integer(digits);
  const auto space = words.rfind(' ');
  const std::size_t last = space == std::string::npos ? 0 : space + 1;
  const std::string_view word = std::string_view(words).substr(last);
  for (const Irregular& known : irregular) {
    if (word == known.cardinal) return words.replace(last, std::string::npos, known.ordinal);
  }
  if (words.ends_with('y')) return words.replace(words.size() - 1, 1, "ieth");
  return words + "th";
}

std::string english_year(std::string_view digits) {
  const auto value = static_cast<unsigned>(value_of(digits));
  const unsigned century = value / 100;
  const unsigned rest = value % 100;
  if (digits.size() != 4 || century % 10 == 0 || century < 10) {
    const bool modern = century == 20 && rest >= 10;
    if (!modern) return english_integer(digits);
  }
  std::string out = below_hundred(century);
  if (rest == 0) {
    append(out, "hundred");
  } else {
    if (rest < 10) append(out, "oh");
    append(out, below_hundred(rest));
  }
  return out;
}

}  // namespace tongxing::accessibility
