// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/check/numbers.hpp"

#include "accessibility/text/utf8.hpp"

#include <algorithm>

namespace tongxing::media::check {

namespace {

constexpr std::int64_t kLargest = std::int64_t{1} << 53;
constexpr std::int64_t kLongest = 10'000'000;  // seconds
constexpr std::int64_t kMicroseconds = 1'000'000;
constexpr std::size_t kShownBytes = 120;

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

}  // namespace

std::optional<std::int64_t> whole_number(std::string_view text) {
  if (text.empty()) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : text) {
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
    if (value >= kLargest) return std::nullopt;
  }
  return value;
}

std::optional<std::int64_t> seconds_to_us(std::string_view text) {
  const auto point = text.find('.');
  const auto seconds = whole_number(text.substr(0, point));
  if (!seconds || *seconds > kLongest) return std::nullopt;
  std::int64_t us = *seconds * kMicroseconds;
  if (point == std::string_view::npos) return us;
  std::int64_t unit = kMicroseconds / 10;
  bool rounded = false;
  for (const char c : text.substr(point + 1)) {
    if (!is_digit(c)) return std::nullopt;
    if (unit == 0 && !rounded) us += c >= '5' ? 1 : 0;
    rounded = unit == 0;
    us += (c - '0') * unit;
    unit /= 10;
  }
  return us;
}

std::string seconds_text(std::int64_t us) {
  const std::int64_t ms = (std::abs(us) + 500) / 1000;
  auto fraction = std::to_string(ms % 1000);
  fraction.insert(0, 3 - fraction.size(), '0');
  return (us < 0 && ms > 0 ? "-" : "") + std::to_string(ms / 1000) + '.' + fraction + " s";
}

std::vector<std::string> split(std::string_view list, char separator) {
  std::vector<std::string> parts;
  while (!list.empty()) {
    const auto end = std::min(list.find(separator), list.size());
    auto part = list.substr(0, end);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (!part.empty()) parts.emplace_back(part);
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return parts;
}

std::string lower_case(std::string_view ascii) {
  std::string out{ascii};
  std::ranges::transform(out, out.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

std::string shown(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto next = accessibility::decode_front(text);
    if (out.size() + 4 > kShownBytes) return out + "…";
    const bool control = next.code < 0x20 || (next.code >= 0x7F && next.code < 0xA0) || next.code == 0x061C ||
                         (next.code >= 0x200B && next.code <= 0x200F) ||
                         (next.code >= 0x2028 && next.code <= 0x202E) ||
                         (next.code >= 0x2066 && next.code <= 0x2069);
    if (control) {
      out += '?';
    } else {
      accessibility::append_utf8(out, next.code);
    }
    text.remove_prefix(std::max<std::size_t>(next.length, 1));
  }
  return out;
}

}  // namespace tongxing::media::check
