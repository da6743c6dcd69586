// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/render/locale.hpp"

#include <charconv>
#include <cstddef>

namespace tongxing::render {
namespace {

// A browser sends a handful of ranges; more is noise or an attack.
constexpr std::size_t kMaxHeader = 1000;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same(std::string_view a, std::string_view lower_case) {
  if (a.size() != lower_case.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (lower(a[i]) != lower_case[i]) return false;
  }
  return true;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Cuts off and returns what stands before the separator (all of it where there is none).
std::string_view take_until(std::string_view& rest, char separator) {
  const auto at = rest.find(separator);
  const auto head = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view{} : rest.substr(at + 1);
  return head;
}

/// The weight of RFC 9110 §12.4.2; 0 for one that cannot be read, so that it never wins.
double weight(std::string_view parameters) {
  while (!parameters.empty()) {
    auto value = trimmed(take_until(parameters, ';'));
    const auto name = trimmed(take_until(value, '='));
    if (!same(name, "q")) continue;
    value = trimmed(value);
    double q = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), q);
    const bool whole = error == std::errc{} && end == value.data() + value.size();
    return whole && q >= 0 && q <= 1 ? q : 0;
  }
  return 1;
}

enum class Match { none, any, found };

struct Candidate {
  Match match = Match::none;
  Locale locale = Locale::zh_hans;
};

/// Chinese in any region: the script decides, then the region. Written Cantonese is read in Traditional.
Locale chinese_script(std::string_view subtags, Locale otherwise) {
  Locale locale = otherwise;
  while (!subtags.empty()) {
    const auto subtag = take_until(subtags, '-');
    if (same(subtag, "hans")) return Locale::zh_hans;
    if (same(subtag, "hant")) return Locale::zh_hant;
    if (same(subtag, "tw") || same(subtag, "hk") || same(subtag, "mo")) locale = Locale::zh_hant;
    if (same(subtag, "cn") || same(subtag, "sg") || same(subtag, "my")) locale = Locale::zh_hans;
  }
  return locale;
}

Candidate candidate(std::string_view range) {
  auto subtags = range;
  const auto language = take_until(subtags, '-');
  if (same(language, "*")) return {Match::any, Locale::zh_hans};
  if (same(language, "en")) return {Match::found, Locale::en};
  if (same(language, "zh") || same(language, "cmn")) {
    return {Match::found, chinese_script(subtags, Locale::zh_hans)};
  }
  if (same(language, "yue")) return {Match::found, chinese_script(subtags, Locale::zh_hant)};
  return {};
}

}  // namespace

std::string_view tag(Locale locale) {
  switch (locale) {
    case Locale::zh_hant:
      return "zh-Hant";
    case Locale::en:
      return "en";
    case Locale::zh_hans:
      break;
  }
  return "zh-Hans";
}

Locale locale_from_tag(std::string_view tag) {
  if (tag == "zh-Hant") return Locale::zh_hant;
  if (tag == "en") return Locale::en;
  return Locale::zh_hans;
}

Locale negotiate(std::string_view accept_language) {
  if (accept_language.size() > kMaxHeader) return Locale::zh_hans;
  Locale best = Locale::zh_hans;
  double best_weight = 0;
  while (!accept_language.empty()) {
    auto item = take_until(accept_language, ',');
    const auto range = trimmed(take_until(item, ';'));
    const auto found = candidate(range);
    if (found.match == Match::none) continue;
    const double q = weight(item);
    if (q > best_weight) {  // the first of equals wins: browsers list the preferred one first
      best_weight = q;
      best = found.locale;
    }
  }
  return best;
}

}  // namespace tongxing::render
