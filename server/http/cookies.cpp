// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/cookies.hpp"

#include "server/http/text.hpp"

#include <algorithm>
#include <set>

namespace tongxing::http {
namespace {

constexpr std::size_t kMaxCookies = 64;

bool is_cookie_value(std::string_view value) noexcept {
  return std::ranges::all_of(
      value, [](char c) { return c > 0x20 && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\'; });
}

}  // namespace

void parse_cookies(std::string_view field, Cookies& into) {
  std::set<std::string, std::less<>> twice;
  while (!field.empty()) {
    const auto end = std::min(field.find(';'), field.size());
    const auto pair = trimmed(field.substr(0, end));
    field.remove_prefix(std::min(end + 1, field.size()));
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos) continue;
    const auto name = trimmed(pair.substr(0, equals));
    auto value = trimmed(pair.substr(equals + 1));
    if (value.size() >= 2 && value.starts_with('"') && value.ends_with('"'))
      value = value.substr(1, value.size() - 2);
    if (!is_token(name) || !is_cookie_value(value)) continue;
    if (into.contains(name)) {
      twice.emplace(name);
    } else if (into.size() < kMaxCookies) {
      into.emplace(name, value);
    }
  }
  for (const std::string& name : twice) into.erase(name);
}

std::optional<std::string> to_field(const SetCookie& cookie) {
  const bool good_path =
      cookie.path.starts_with('/') && cookie.path.find_first_of(";\r\n") == std::string::npos;
  if (!is_token(cookie.name) || !is_cookie_value(cookie.value) || !good_path) return std::nullopt;
  std::string field = cookie.name + "=" + cookie.value + "; Path=" + cookie.path;
  if (cookie.max_age) field += "; Max-Age=" + std::to_string(cookie.max_age->count());
  field += "; HttpOnly";
  if (cookie.secure) field += "; Secure";
  field += cookie.same_site == SameSite::strict ? "; SameSite=Strict" : "; SameSite=Lax";
  return field;
}

}  // namespace tongxing::http
