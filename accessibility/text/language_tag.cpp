// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/text/language_tag.hpp"

#include <algorithm>
#include <vector>

namespace tongxing::accessibility {
namespace {

constexpr std::size_t kLongest = 35;  // RFC 5646 §4.4.1: no tag in use is longer
constexpr std::size_t kLongestSubtag = 8;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool letters(std::string_view text) {
  return std::ranges::all_of(text, is_letter);
}

bool digits(std::string_view text) {
  return std::ranges::all_of(text, is_digit);
}

std::string lower(std::string_view text) {
  std::string out{text};
  for (auto& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  return out;
}

std::string upper(std::string_view text) {
  std::string out{text};
  for (auto& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
  return out;
}

/// Lower case; empty when a subtag is empty, too long or has anything but letters and digits.
std::vector<std::string> subtags_of(std::string_view text) {
  std::vector<std::string> result;
  for (;;) {
    const auto dash = text.find('-');
    const auto subtag = text.substr(0, dash);
    const bool good = !subtag.empty() && subtag.size() <= kLongestSubtag &&
                      std::ranges::all_of(subtag, [](char c) { return is_letter(c) || is_digit(c); });
    if (!good) return {};
    result.push_back(lower(subtag));
    if (dash == std::string_view::npos) return result;
    text.remove_prefix(dash + 1);
  }
}

bool is_variant(std::string_view subtag) {
  return subtag.size() >= 5 || (subtag.size() == 4 && is_digit(subtag.front()));
}

/// Extensions and private use: each singleton is followed by something. False: not well-formed.
bool check_rest(const std::vector<std::string>& subtags, std::size_t at) {
  while (at < subtags.size() && is_variant(subtags[at])) ++at;
  bool private_use = false;
  while (at < subtags.size()) {
    if (subtags[at].size() != 1) return false;
    private_use = subtags[at] == "x";
    const auto least = private_use ? 1U : 2U;
    const auto first = ++at;
    while (at < subtags.size() && (private_use || subtags[at].size() >= least)) ++at;
    if (at == first) return false;
  }
  return true;
}

}  // namespace

std::optional<LanguageTag> parse_language_tag(std::string_view text) {
  if (text.empty() || text.size() > kLongest) return std::nullopt;
  auto subtags = subtags_of(text);
  if (subtags.empty()) return std::nullopt;
  LanguageTag tag{.language = subtags[0], .script = {}, .region = {}, .text = {}};
  if (tag.language.size() < 2 || !letters(tag.language)) return std::nullopt;
  std::size_t at = 1;
  const auto here = [&] { return at < subtags.size(); };
  if (tag.language.size() <= 3) {  // up to three extended languages: zh-yue
    for (int i = 0; i < 3 && here() && subtags[at].size() == 3 && letters(subtags[at]); ++i) ++at;
  }
  if (here() && subtags[at].size() == 4 && letters(subtags[at])) {
    subtags[at][0] = upper(subtags[at].substr(0, 1))[0];
    tag.script = subtags[at++];
  }
  if (here() && ((subtags[at].size() == 2 && letters(subtags[at])) ||
                 (subtags[at].size() == 3 && digits(subtags[at])))) {
    subtags[at] = upper(subtags[at]);
    tag.region = subtags[at++];
  }
  if (!check_rest(subtags, at)) return std::nullopt;
  for (const auto& subtag : subtags) tag.text += (tag.text.empty() ? "" : "-") + subtag;
  return tag;
}

}  // namespace tongxing::accessibility
