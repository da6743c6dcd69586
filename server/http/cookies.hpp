// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

/// Cookies (RFC 6265bis). Pure; any thread.
namespace tongxing::http {

using Cookies = std::map<std::string, std::string, std::less<>>;

/// Adds the cookies of one Cookie field. Pairs that are not well-formed are passed over; at most 64 are kept.
/// A name that occurs twice keeps neither value: somebody else has set one of them (cookie tossing), and we
/// cannot know which.
void parse_cookies(std::string_view field, Cookies& into);

enum class SameSite { strict, lax };

/// A cookie to set. Always HttpOnly: no script of ours reads cookies.
struct SetCookie {
  std::string name;   ///< a token
  std::string value;  ///< cookie octets: no spaces, quotes, commas, semicolons, backslashes
  std::string path = "/";
  std::optional<std::chrono::seconds> max_age{};  ///< absent: until the browser closes; 0: delete now
  SameSite same_site = SameSite::lax;
  bool secure = true;  ///< false only where the whole site is plain HTTP
};

/// The value of a Set-Cookie field, or nothing where name or value hold a byte that they may not.
[[nodiscard]] std::optional<std::string> to_field(const SetCookie& cookie);

}  // namespace tongxing::http
