// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/narration/latin_words.hpp"

#include "accessibility/narration/english_numbers.hpp"
#include "accessibility/text/utf8.hpp"

#include <algorithm>
#include <iterator>

namespace tongxing::accessibility {

namespace {

struct Known {
  std::string_view written;
  std::string_view spoken;
};

/// Said as words although their shape says letters, or the other way round. Keys in lower case.
constexpr Known kWords[] = {
    {"wifi", "wifi"},     {"wi-fi", "wifi"},   {"ctrl", "control"}, {"esc", "escape"},  {"covid", "covid"},
    {"word", "word"},     {"excel", "excel"},  {"enter", "enter"},  {"shift", "shift"}, {"tab", "tab"},
    {"alt", "alt"},       {"home", "home"},    {"end", "end"},      {"logo", "logo"},   {"zoom", "zoom"},
    {"vlog", "vlog"},     {"blog", "blog"},    {"email", "email"},  {"nasa", "nasa"},   {"spa", "spa"},
    {"delete", "delete"}, {"insert", "insert"}};

constexpr Known kHosts[] = {{"com", "com"}, {"net", "net"}, {"org", "org"}, {"gov", "gov"}, {"edu", "edu"}};
constexpr std::string_view kTopLevels[] = {"com", "cn", "net", "org", "gov", "edu",
                                           "cc",  "io", "hk",  "mo",  "tw"};

struct Sign {
  char32_t code;
  std::string_view chinese;
  std::string_view english;
};
constexpr Sign kSigns[] = {
    {U'.', "点", "dot"},        {U'@', "艾特", "at"},           {U'/', "斜杠", "slash"},
    {U'-', "横杠", "dash"},     {U'_', "下划线", "underscore"}, {U':', "冒号", "colon"},
    {U'?', "问号", "question"}, {U'=', "等于", "equals"},       {U'&', "和", "and"},
    {U'#', "井号", "hash"},     {U'%', "百分号", "percent"},    {U'~', "波浪号", "tilde"},
    {U'+', "加", "plus"}};

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lowered(std::string_view word) {
  std::string out(word);
  std::ranges::transform(out, out.begin(), lower);
  return out;
}

Part spelled(std::string_view word) {
  std::string out;
  for (const char c : word) {
    if (c == '-' || c == '\'') continue;
    if (!out.empty()) out += ' ';
    out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return {out, SegmentKind::letters, Voice::english};
}

bool has_vowel(std::string_view word) {
  return std::ranges::any_of(word, [](char c) {
    return std::string_view("aeiouy").contains(lower(c)) || static_cast<unsigned char>(c) >= 0x80;
  });
}

bool of_address(char32_t c) {
  return is_ascii_letter(c) || is_digit(c) || std::ranges::find(kSigns, c, &Sign::code) != std::end(kSigns);
}

/// A piece of an address: short names are spelled, but for the usual ends of a host.
Part address_word(std::string_view word) {
  constexpr std::size_t shortest_word = 4;
  const std::string key = lowered(word);
  if (std::ranges::find(kHosts, key, &Known::written) != std::end(kHosts))
    return {key, SegmentKind::words, Voice::english};
  if (word.size() < shortest_word || !has_vowel(word)) return spelled(word);
  return {std::string(word), SegmentKind::words, Voice::english};
}

/// host.tld with nothing else, or one with a path.
bool looks_like_host(std::string_view run) {
  const std::string host = lowered(run.substr(0, run.find_first_of("/:?")));
  const auto dot = host.rfind('.');
  if (dot == std::string::npos || dot == 0) return false;
  const bool letters = std::ranges::any_of(host.substr(0, dot), [](char c) { return c >= 'a' && c <= 'z'; });
  return letters &&
         std::ranges::find(kTopLevels, std::string_view(host).substr(dot + 1)) != std::end(kTopLevels);
}

bool looks_like_address(std::string_view run) {
  const std::string start = lowered(run.substr(0, 8));
  if (start.starts_with("http://") || start.starts_with("https://")) return true;
  if (start.starts_with("www.") && run.size() > 4) return true;
  const auto at = run.find('@');
  if (at != std::string_view::npos && at > 0) return run.find('.', at) != std::string_view::npos;
  return looks_like_host(run);
}

void say_address(Match& match, std::string_view run, SpokenLanguage language) {
  const bool english = language == SpokenLanguage::english;
  for (std::size_t i = 0; i < run.size();) {
    const auto same = [&](auto kind) {
      const auto* end = std::find_if_not(run.begin() + static_cast<std::ptrdiff_t>(i), run.end(),
                                         [&](char c) { return kind(static_cast<char32_t>(c)); });
      const auto length = static_cast<std::size_t>(end - run.begin()) - i;
      return run.substr(i, length);
    };
    if (const auto word = same(is_ascii_letter); !word.empty()) {
      match.parts.push_back(address_word(word));
      i += word.size();
    } else if (const auto digits = same(is_digit); !digits.empty()) {
      match.digits(english ? english_digits(digits) : han_digits(digits));
      i += digits.size();
    } else {
      const auto* sign = std::ranges::find(kSigns, static_cast<char32_t>(run[i]), &Sign::code);
      if (sign != std::end(kSigns)) match.words(english ? sign->english : sign->chinese);
      ++i;
    }
  }
}

}  // namespace

Part latin_word(std::string_view word) {
  constexpr std::size_t longest_spelled = 5;
  const std::string key = lowered(word);
  if (const auto* known = std::ranges::find(kWords, key, &Known::written); known != std::end(kWords))
    return {std::string(known->spoken), SegmentKind::words, Voice::english};
  const bool capitals = std::ranges::none_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
  const bool ascii = std::ranges::all_of(word, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (word.size() == 1 || (ascii && capitals && word.size() <= longest_spelled) || !has_vowel(word))
    return spelled(word);
  return {std::string(word), SegmentKind::words, Voice::english};
}

Matched match_latin(const SourceText& text, std::size_t at) {
  constexpr std::size_t longest = 64;
  if (!is_latin(text.at(at))) return std::nullopt;
  std::size_t end = at;
  std::string word;
  const auto within = [&](char32_t c) {
    return (c == U'\'' || c == U'-') && is_latin(text.at(end + 1)) && is_latin(text.before(end));
  };
  while ((is_latin(text.at(end)) || within(text.at(end))) && end - at < longest)
    append_utf8(word, text.at(end++));
  Match match;
  match.parts.push_back(latin_word(word));
  match.end = end;
  return match;
}

Matched match_address(const SourceText& text, std::size_t at, SpokenLanguage language) {
  constexpr std::size_t longest = 300;
  if (!is_ascii_letter(text.at(at)) && !is_digit(text.at(at))) return std::nullopt;
  const char32_t before = text.before(at);
  if (is_ascii_letter(before) || is_digit(before) || std::u32string_view(U"@._-/").contains(before))
    return std::nullopt;
  std::size_t end = at;
  while (of_address(text.at(end)) && end - at < longest) ++end;
  while (end > at && std::u32string_view(U".:?&#%~+=-").contains(text.before(end))) --end;
  std::string run = text.ascii(at, end);
  if (!looks_like_address(run)) return std::nullopt;
  Match match;
  match.end = end;
  if (const auto scheme = run.find("://"); scheme != std::string::npos) run.erase(0, scheme + 3);
  say_address(match, run, language);
  return match;
}

}  // namespace tongxing::accessibility
