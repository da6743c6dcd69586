// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/login_name.hpp"

#include <cstdint>
#include <vector>

namespace tongxing::auth {
namespace {

constexpr std::size_t kLoginLeast = 3;
constexpr std::size_t kLoginMost = 64;
constexpr std::size_t kNameMost = 60;

using CodePoints = std::vector<char32_t>;

/// Length of the sequence that a first byte announces (RFC 3629 §3); 0 for a byte that begins none.
std::size_t sequence_length(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first < 0xE0) return 2;
  if (first >= 0xE0 && first < 0xF0) return 3;
  if (first >= 0xF0 && first < 0xF5) return 4;
  return 0;
}

std::optional<CodePoints> decode(std::string_view text) {
  constexpr char32_t kLeast[] = {0, 1, 0x80, 0x800, 0x10000};  // 1: no NUL
  CodePoints points;
  for (std::size_t i = 0; i < text.size();) {
    const auto first = static_cast<unsigned char>(text[i]);
    const std::size_t length = sequence_length(first);
    if (length == 0 || i + length > text.size()) return std::nullopt;
    char32_t point = length == 1 ? first : first & (0x7FU >> length);
    for (std::size_t k = 1; k < length; ++k) {
      const auto next = static_cast<unsigned char>(text[i + k]);
      if ((next & 0xC0U) != 0x80U) return std::nullopt;
      point = (point << 6U) | (next & 0x3FU);
    }
    if (point < kLeast[length] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF))
      return std::nullopt;
    points.push_back(point);
    i += length;
  }
  return points;
}

void append(std::string& out, char32_t point) {
  const auto byte = [&](char32_t value) {
    out.push_back(static_cast<char>(static_cast<unsigned char>(value)));
  };
  if (point < 0x80) {
    byte(point);
  } else if (point < 0x800) {
    byte(0xC0U | (point >> 6U));
    byte(0x80U | (point & 0x3FU));
  } else if (point < 0x10000) {
    byte(0xE0U | (point >> 12U));
    byte(0x80U | ((point >> 6U) & 0x3FU));
    byte(0x80U | (point & 0x3FU));
  } else {
    byte(0xF0U | (point >> 18U));
    byte(0x80U | ((point >> 12U) & 0x3FU));
    byte(0x80U | ((point >> 6U) & 0x3FU));
    byte(0x80U | (point & 0x3FU));
  }
}

bool is_space(char32_t c) {
  return c == ' ' || c == '\t' || c == 0xA0 || c == 0x3000;
}

void trim(CodePoints& points) {
  while (!points.empty() && is_space(points.back())) points.pop_back();
  std::size_t first = 0;
  while (first < points.size() && is_space(points[first])) ++first;
  points.erase(points.begin(), points.begin() + static_cast<std::ptrdiff_t>(first));
}

char32_t folded(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
  return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

bool may_be_in_login(char32_t c) {
  const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-' ||
                     c == '@' || c == '+';
  return plain || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF);
}

bool may_be_in_name(char32_t c) {
  const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
  const bool direction =
      (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F;
  return !control && !direction && c != 0xFEFF;
}

}  // namespace

std::optional<std::size_t> length_of(std::string_view text) {
  const auto points = decode(text);
  if (!points) return std::nullopt;
  return points->size();
}

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

Result<std::string> normalise_login(std::string_view typed) {
  auto points = decode(typed.substr(0, 1024));
  if (!points) return fail_field("login", "errors.accounts.login_characters");
  trim(*points);
  if (points->empty()) return fail_field("login", "errors.accounts.login_missing");
  if (points->size() < kLoginLeast || points->size() > kLoginMost) {
    return fail_field("login", "errors.accounts.login_length",
                      {{"least", std::to_string(kLoginLeast)}, {"most", std::to_string(kLoginMost)}});
  }
  std::string login;
  for (const char32_t point : *points) {
    const char32_t c = folded(point);
    if (!may_be_in_login(c)) return fail_field("login", "errors.accounts.login_characters");
    append(login, c);
  }
  return login;
}

Result<std::string> normalise_display_name(std::string_view typed) {
  auto points = decode(typed.substr(0, 1024));
  if (!points) return fail_field("display_name", "errors.accounts.name_characters");
  trim(*points);
  if (points->empty()) return fail_field("display_name", "errors.accounts.name_missing");
  if (points->size() > kNameMost) {
    return fail_field("display_name", "errors.accounts.name_long", {{"most", std::to_string(kNameMost)}});
  }
  std::string name;
  for (const char32_t c : *points) {
    if (!may_be_in_name(c)) return fail_field("display_name", "errors.accounts.name_characters");
    append(name, c);
  }
  return name;
}

}  // namespace tongxing::auth
