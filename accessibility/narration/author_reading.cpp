// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/narration/author_reading.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace tongxing::accessibility {

namespace {

constexpr std::size_t kLongest = 200;

/// "Nü3" → "nv3"; nullopt: no syllable.
std::optional<std::string> syllable(std::u32string_view written, SpokenLanguage language) {
  constexpr std::size_t longest = 7;  // zhuang + tone
  std::string out;
  for (const char32_t c : written) {
    if (is_ascii_letter(c))
      out += static_cast<char>(is_capital(c) ? c - U'A' + U'a' : c);
    else if (c == U'ü' || c == U'Ü')
      out += 'v';
    else if (c == U':' && out.ends_with('u'))
      out.back() = 'v';
    else if (is_digit(c))
      out += static_cast<char>(c);
    else
      return std::nullopt;
  }
  if (out.size() < 2 || out.size() > longest) return std::nullopt;
  const bool mandarin = language == SpokenLanguage::mandarin;
  if (mandarin && out.back() == '0') out.back() = '5';
  const char most = mandarin ? '5' : '6';
  const bool letters = std::all_of(out.begin(), out.end() - 1, [](char c) { return c >= 'a' && c <= 'z'; });
  return letters && out.back() >= '1' && out.back() <= most ? std::optional(out) : std::nullopt;
}

}  // namespace

std::expected<AuthorReading, NarrationFinding> author_reading(const SourceText& text, std::size_t at,
                                                              std::size_t characters,
                                                              SpokenLanguage language) {
  const auto rest = text.view().substr(at + 1, kLongest);
  const auto close = rest.find_first_of(U"{}\n");
  if (close == std::u32string_view::npos || rest[close] != U'}')
    return std::unexpected(NarrationFinding::brace_not_closed);
  AuthorReading reading;
  reading.end = at + 1 + close + 1;
  const auto inside = rest.substr(0, close);
  for (std::size_t begin = 0; begin < inside.size();) {
    const std::size_t end = std::min(inside.find(U' ', begin), inside.size());
    if (end > begin) {
      auto one = syllable(inside.substr(begin, end - begin), language);
      if (!one || language == SpokenLanguage::english)
        return std::unexpected(NarrationFinding::reading_malformed);
      reading.syllables.push_back(std::move(*one));
    }
    begin = end + 1;
  }
  if (reading.syllables.empty()) return std::unexpected(NarrationFinding::reading_malformed);
  if (reading.syllables.size() > characters) return std::unexpected(NarrationFinding::reading_without_text);
  return reading;
}

}  // namespace tongxing::accessibility
