// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Small text helpers of the HTTP grammar (RFC 9110 §5.6). Pure; any thread.
namespace tongxing::http {

[[nodiscard]] constexpr char ascii_lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
[[nodiscard]] constexpr bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

/// Compares without regard to the case of ASCII letters, as field names, schemes and tokens do.
[[nodiscard]] bool equals_ignoring_case(std::string_view a, std::string_view b) noexcept;

/// Without the spaces and tabs at both ends (OWS of RFC 9110 §5.6.3).
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;

/// A token of RFC 9110 §5.6.2: at least one character, no separators.
[[nodiscard]] bool is_token(std::string_view text) noexcept;

/// Well-formed UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

/// Whether a comma-separated list holds the token, without regard to case.
[[nodiscard]] bool list_contains(std::string_view list, std::string_view token) noexcept;

/// The byte that two hexadecimal digits write, or nothing.
[[nodiscard]] std::optional<char> from_hex(char high, char low) noexcept;

/// Percent-encodes everything but unreserved characters (RFC 3986 §2.3): for query values and path segments.
[[nodiscard]] std::string percent_encode(std::string_view text);

}  // namespace tongxing::http
