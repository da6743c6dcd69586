// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/timestamp.hpp"

#include <algorithm>
#include <charconv>

namespace tongxing::accessibility {
namespace {

constexpr std::int64_t kMostHours = 999'999'999'999;  // in milliseconds still far from overflow

std::int64_t number(std::string_view digits) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc{} ? std::min(value, kMostHours) : kMostHours;
}

bool take(std::string_view& text, char expected) {
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(1);
  return true;
}

/// Exactly `length` digits.
std::optional<std::int64_t> take_number(std::string_view& text, std::size_t length) {
  const auto digits = take_digits(text);
  if (digits.size() != length) return std::nullopt;
  return number(digits);
}

std::string padded(std::int64_t value, std::size_t width) {
  auto text = std::to_string(value);
  if (text.size() < width) text.insert(0, width - text.size(), '0');
  return text;
}

}  // namespace

void skip_space(std::string_view& text) {
  const auto first = text.find_first_not_of(" \t\n\f\r");
  text.remove_prefix(std::min(first, text.size()));
}

std::string_view take_digits(std::string_view& text) {
  const auto end = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto digits = text.substr(0, end);
  text.remove_prefix(end);
  return digits;
}

std::optional<Milliseconds> take_timestamp(std::string_view& text) {
  const auto first = take_digits(text);
  if (first.empty()) return std::nullopt;
  auto hours = number(first);
  const bool has_hours = first.size() != 2 || hours > 59;
  if (!take(text, ':')) return std::nullopt;
  auto minutes = take_number(text, 2);
  if (!minutes) return std::nullopt;
  std::optional<std::int64_t> seconds;
  if (has_hours || text.starts_with(':')) {
    if (!take(text, ':')) return std::nullopt;
    seconds = take_number(text, 2);
    if (!seconds) return std::nullopt;
  } else {
    seconds = minutes;
    minutes = hours;
    hours = 0;
  }
  if (!take(text, '.')) return std::nullopt;
  const auto fraction = take_number(text, 3);
  if (!fraction || *minutes > 59 || *seconds > 59) return std::nullopt;
  return Milliseconds{((hours * 60 + *minutes) * 60 + *seconds) * 1000 + *fraction};
}

std::string timestamp_text(Milliseconds time) {
  const auto ms = std::max<std::int64_t>(0, time.count());
  return padded(ms / 3'600'000, 2) + ':' + padded(ms / 60'000 % 60, 2) + ':' + padded(ms / 1000 % 60, 2) +
         '.' + padded(ms % 1000, 3);
}

}  // namespace tongxing::accessibility
