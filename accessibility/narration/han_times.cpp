// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/narration/han_rules.hpp"

#include <algorithm>
#include <array>

namespace tongxing::accessibility {

namespace {

bool year(long value) {
  return value >= 1000 && value <= 2999;
}

/// 2026-05-01, 2026/5/1, 2026.5.1; without a day only as 2026-05.
Matched full_date(const SourceText& text, std::size_t at) {
  if (text.digits(at) != 4) return std::nullopt;
  const char32_t separator = text.at(at + 4);
  if (separator != U'-' && separator != U'/' && separator != U'.') return std::nullopt;
  const std::size_t month_at = at + 5;
  const std::size_t month_digits = text.digits(month_at);
  const std::string month = text.ascii(month_at, month_at + month_digits);
  if (month_digits == 0 || month_digits > 2 || small_value(month) < 1 || small_value(month) > 12)
    return std::nullopt;
  Match match;
  match.digits(han_digits(text.ascii(at, at + 4))).words("年").number(han_integer(month)).words("月");
  match.end = month_at + month_digits;
  const std::size_t day_at = match.end + 1;
  const std::size_t day_digits = text.digits(day_at);
  const std::string day = text.ascii(day_at, day_at + day_digits);
  if (text.at(match.end) == separator && day_digits > 0 && day_digits <= 2 && small_value(day) >= 1 &&
      small_value(day) <= 31) {
    match.number(han_integer(day)).words("日");
    match.end = day_at + day_digits;
    return match;
  }
  const bool month_only = separator == U'-' && month_digits == 2 && text.at(match.end) != U'-' &&
                          small_value(text.ascii(at, at + 4)) >= 1900;
  return month_only ? Matched(match) : std::nullopt;
}

/// 2026年, 2025-2026学年.
Matched year_alone(const SourceText& text, std::size_t at) {
  if (text.digits(at) != 4 || !year(small_value(text.ascii(at, at + 4)))) return std::nullopt;
  const std::size_t end = at + 4;
  Match match;
  match.digits(han_digits(text.ascii(at, end)));
  match.end = end;
  if (text.at(end) == U'年') return match;
  const auto second = range_to(text, end);
  if (!second || text.digits(*second) != 4 || !year(small_value(text.ascii(*second, *second + 4))))
    return std::nullopt;
  match.end = *second + 4;
  const bool named =
      text.at(match.end) == U'年' || text.has(match.end, U"学年") || text.has(match.end, U"學年");
  if (!named) return std::nullopt;
  match.words("到").digits(han_digits(text.ascii(*second, match.end)));
  return match;
}

/// 80后, 05年: two digits that are the end of a year.
Matched short_year(const SourceText& text, std::size_t at) {
  if (text.digits(at) != 2 || is_digit(text.before(at))) return std::nullopt;
  const std::string digits = text.ascii(at, at + 2);
  const char32_t next = text.at(at + 2);
  const bool generation = (next == U'后' || next == U'後') && small_value(digits) % 5 == 0;
  const bool leading_zero = next == U'年' && digits.front() == '0';
  if (!generation && !leading_zero) return std::nullopt;
  Match match;
  match.digits(han_digits(digits));
  match.end = at + 2;
  return match;
}

enum class TimeKind : std::uint8_t { clock, length };

struct Time {
  std::array<std::string, 3> fields;  ///< hours, minutes, seconds; the last may be empty
  std::size_t end = 0;
};

std::optional<Time> time_at(const SourceText& text, std::size_t at) {
  const std::size_t hours = text.digits(at);
  if (hours == 0 || hours > 2 || text.at(at + hours) != U':' || text.digits(at + hours + 1) != 2)
    return std::nullopt;
  Time time;
  time.end = at + hours + 3;
  time.fields[0] = text.ascii(at, at + hours);
  time.fields[1] = text.ascii(time.end - 2, time.end);
  if (text.at(time.end) == U':' && text.digits(time.end + 1) == 2) {
    time.fields[2] = text.ascii(time.end + 1, time.end + 3);
    time.end += 3;
  }
  const bool fits = small_value(time.fields[0]) <= 24 && small_value(time.fields[1]) < 60 &&
                    small_value(time.fields[2]) < 60;
  return fits && text.at(time.end) != U':' ? std::optional(time) : std::nullopt;
}

bool ends_with_any(std::u32string_view text, std::initializer_list<std::u32string_view> words) {
  return std::ranges::any_of(words, [&](std::u32string_view word) { return text.contains(word); });
}

TimeKind kind_of(const SourceText& text, std::size_t at, const Time& time) {
  constexpr std::size_t reach = 6;
  const auto left = text.left_of(at, reach);
  if (ends_with_any(left, {U"长", U"長", U"用时", U"用時", U"耗时", U"耗時", U"历时"}))
    return TimeKind::length;
  return !time.fields[2].empty() && small_value(time.fields[0]) == 0 ? TimeKind::length : TimeKind::clock;
}

void say_field(Match& match, const std::string& field, std::string_view unit, LoneTwo two) {
  const bool zero_first = field.size() == 2 && field.front() == '0' && field != "00" && two == LoneTwo::er;
  match.number((zero_first ? "零" : "") + han_integer(field, two)).words(unit);
}

void say_length(Match& match, const Time& time) {
  const bool hours = !time.fields[2].empty();
  std::size_t field = 0;
  bool said = false;
  for (const std::string_view unit : {"小时", "分", "秒"}) {
    if (!hours && unit == "小时") continue;
    const std::string& value = time.fields[field++];
    if (small_value(value) == 0 && (unit != "秒" || said)) continue;
    say_field(match, value, unit, said ? LoneTwo::er : LoneTwo::liang);
    said = true;
  }
}

void say_clock(Match& match, const Time& time) {
  match.number(han_integer(time.fields[0], LoneTwo::liang)).words("点");
  const bool seconds = !time.fields[2].empty();
  if (time.fields[1] != "00" || seconds) say_field(match, time.fields[1], "分", LoneTwo::er);
  if (seconds) say_field(match, time.fields[2], "秒", LoneTwo::er);
}

}  // namespace

Matched match_han_date(const SourceText& text, std::size_t at) {
  if (is_digit(text.before(at)) || text.before(at) == U'.') return std::nullopt;
  if (auto match = full_date(text, at)) return match;
  if (auto match = year_alone(text, at)) return match;
  return short_year(text, at);
}

Matched match_han_time(const SourceText& text, std::size_t at) {
  constexpr std::size_t reach = 6;
  const auto time = time_at(text, at);
  if (!time || ends_with_any(text.left_of(at, reach), {U"比", U"配方"})) return std::nullopt;
  Match match;
  match.end = time->end;
  if (kind_of(text, at, *time) == TimeKind::length) {
    say_length(match, *time);
    return match;
  }
  say_clock(match, *time);
  const auto second = range_to(text, match.end);
  if (const auto until = second ? time_at(text, *second) : std::nullopt) {
    match.words("到");
    say_clock(match, *until);
    match.end = until->end;
  }
  return match;
}

}  // namespace tongxing::accessibility
