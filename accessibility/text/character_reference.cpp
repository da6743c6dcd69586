// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/text/character_reference.hpp"

#include "accessibility/text/character_names.hpp"
#include "accessibility/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace tongxing::accessibility {
namespace {

constexpr std::size_t kLongestName = 31;  // CounterClockwiseContourIntegral

/// What 0x80 to 0x9F mean in a number (HTML, "numeric character reference end state"); 0: themselves.
constexpr std::array<char32_t, 32> kWindows1252{
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// The value of a digit, or 16 where it is none.
unsigned digit_value(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
  return 16;
}

char32_t character_of(char32_t number) {
  if (number == 0 || number > 0x10FFFF || (number >= 0xD800 && number <= 0xDFFF)) return kReplacement;
  if (number >= 0x80 && number <= 0x9F && kWindows1252[number - 0x80] != 0)
    return kWindows1252[number - 0x80];
  return number;
}

/// `text` begins with #.
CharacterReference read_number(std::string_view text) {
  const bool hexadecimal = text.size() > 1 && (text[1] == 'x' || text[1] == 'X');
  const unsigned base = hexadecimal ? 16 : 10;
  const std::size_t from = hexadecimal ? 2 : 1;
  std::size_t at = from;
  char32_t value = 0;
  for (; at < text.size() && digit_value(text[at]) < base; ++at) {
    if (value <= 0x10FFFF) value = value * base + digit_value(text[at]);  // larger is as wrong as 0x110000
  }
  if (at == from) return {};
  if (at < text.size() && text[at] == ';') ++at;
  return {at, character_of(value), 0};
}

std::span<const NamedCharacter> names_like(char first) {
  if (first < 'a') return character_names_capitals();
  return first < 'n' ? character_names_a_to_m() : character_names_n_to_z();
}

}  // namespace

CharacterReference read_character_reference(std::string_view text) {
  if (text.starts_with('#')) return read_number(text);
  const auto most = std::min(text.size(), kLongestName);
  std::size_t length = 0;
  while (length < most && is_alphanumeric(text[length])) ++length;
  for (; length > 1; --length) {
    const auto name = text.substr(0, length);
    const bool ended = length < text.size() && text[length] == ';';
    const auto names = names_like(name.front());
    const auto found = std::ranges::lower_bound(names, name, {}, &NamedCharacter::name);
    if (found == names.end() || found->name != name) continue;
    if (!ended && found->semicolon == Semicolon::required) continue;
    return {length + (ended ? 1 : 0), found->first, found->second};
  }
  return {};
}

}  // namespace tongxing::accessibility
