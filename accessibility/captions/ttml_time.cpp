// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/ttml_time.hpp"

#include "accessibility/captions/timestamp.hpp"

#include <charconv>
#include <cmath>

namespace tongxing::accessibility {
namespace {

constexpr double kMostSeconds = 100'000.0 * 3600;

/// Digits with a fraction, if one is allowed there.
std::optional<double> take_number(std::string_view& text) {
  const auto whole = take_digits(text);
  if (whole.empty() || whole.size() > 18) return std::nullopt;
  auto length = whole.size();
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    const auto fraction = take_digits(text);
    if (fraction.empty() || fraction.size() > 18) return std::nullopt;
    length += 1 + fraction.size();
  }
  double value = 0;
  const auto error = std::from_chars(whole.data(), whole.data() + length, value, std::chars_format::fixed).ec;
  if (error != std::errc{}) return std::nullopt;
  return value;
}

std::optional<double> take_two_digits(std::string_view& text, double most) {
  const auto digits = take_digits(text);
  if (digits.size() != 2) return std::nullopt;
  const double value = (digits[0] - '0') * 10 + (digits[1] - '0');
  if (value > most) return std::nullopt;
  return value;
}

bool take_colon(std::string_view& text) {
  if (!text.starts_with(':')) return false;
  text.remove_prefix(1);
  return true;
}

/// What follows "hh:mm:ss": nothing, ":frames" or ":frames.subframes". In seconds.
std::optional<double> take_frames(std::string_view& text, const TtmlClock& clock) {
  if (!take_colon(text)) return 0.0;
  const auto digits = take_digits(text);
  if (digits.size() < 2 || digits.size() > 9) return std::nullopt;
  double frames = 0;
  for (const char c : digits) frames = frames * 10 + (c - '0');
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    const auto parts = take_digits(text);
    if (parts.empty() || parts.size() > 9) return std::nullopt;
    double sub_frames = 0;
    for (const char c : parts) sub_frames = sub_frames * 10 + (c - '0');
    frames += sub_frames / clock.sub_frame_rate;
  }
  if (frames >= clock.frame_rate + 1) return std::nullopt;
  return frames / clock.frame_rate;
}

std::optional<double> clock_seconds(std::string_view text, const TtmlClock& clock) {
  const auto hour_digits = take_digits(text);
  if (hour_digits.size() < 2 || hour_digits.size() > 9) return std::nullopt;
  double hours = 0;
  for (const char c : hour_digits) hours = hours * 10 + (c - '0');
  if (!take_colon(text)) return std::nullopt;
  const auto minutes = take_two_digits(text, 59);
  if (!minutes || !take_colon(text)) return std::nullopt;
  auto fraction_after = text;
  auto seconds = take_two_digits(text, 60);
  if (!seconds) return std::nullopt;
  if (text.starts_with('.')) {
    seconds = take_number(fraction_after);
    text = fraction_after;
  }
  const auto frames = seconds ? take_frames(text, clock) : std::nullopt;
  if (!frames || !text.empty()) return std::nullopt;
  return (hours * 60 + *minutes) * 60 + *seconds + *frames;
}

std::optional<double> offset_seconds(std::string_view text, const TtmlClock& clock) {
  const auto number = take_number(text);
  if (!number) return std::nullopt;
  if (text == "h") return *number * 3600;
  if (text == "m") return *number * 60;
  if (text == "s") return *number;
  if (text == "ms") return *number / 1000;
  if (text == "f") return *number / clock.frame_rate;
  if (text == "t") return *number / clock.tick_rate;
  return std::nullopt;
}

}  // namespace

std::optional<Milliseconds> ttml_time(std::string_view text, const TtmlClock& clock) {
  const bool is_clock = text.find(':') != std::string_view::npos;
  const auto seconds = is_clock ? clock_seconds(text, clock) : offset_seconds(text, clock);
  if (!seconds || !(*seconds < kMostSeconds)) return std::nullopt;
  return Milliseconds{std::llround(*seconds * 1000)};
}

}  // namespace tongxing::accessibility
