// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/date.hpp"

#include "server/http/text.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace tongxing::http {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::month;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

void append_digits(std::string& out, unsigned value, unsigned width) {
  std::string digits(width, '0');
  for (auto place = digits.rbegin(); place != digits.rend(); ++place, value /= 10) {
    *place = static_cast<char>('0' + value % 10);
  }
  out += digits;
}

std::optional<unsigned> digits(std::string_view text) {
  if (text.empty() || text.size() > 4 || !std::ranges::all_of(text, is_digit)) return std::nullopt;
  unsigned value = 0;
  for (const char c : text) value = value * 10 + static_cast<unsigned>(c - '0');
  return value;
}

std::optional<unsigned> month_number(std::string_view text) {
  const auto found = std::ranges::find(kMonths, text);
  if (found == kMonths.end()) return std::nullopt;
  return static_cast<unsigned>(found - kMonths.begin()) + 1;
}

std::optional<seconds> time_of_day(std::string_view text) {
  if (text.size() != 8 || text[2] != ':' || text[5] != ':') return std::nullopt;
  const auto h = digits(text.substr(0, 2));
  const auto m = digits(text.substr(3, 2));
  const auto s = digits(text.substr(6, 2));
  if (!h || !m || !s || *h > 23 || *m > 59 || *s > 60) return std::nullopt;
  return hours(*h) + minutes(*m) + seconds(*s);
}

std::optional<sys_seconds> assemble(std::optional<unsigned> y, std::optional<unsigned> m,
                                    std::optional<unsigned> d, std::optional<seconds> time) {
  if (!y || !m || !d || !time) return std::nullopt;
  const year_month_day date{year(static_cast<int>(*y)), month(*m), day(*d)};
  if (!date.ok()) return std::nullopt;
  return sys_days(date) + *time;
}

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> found;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) found.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return found;
}

/// "06-Nov-94" with the century that brings it nearest to now without being 50 years ahead.
std::optional<sys_seconds> rfc850(std::string_view date, std::string_view time, sys_seconds now) {
  if (date.size() != 9 || date[2] != '-' || date[6] != '-') return std::nullopt;
  const auto short_year = digits(date.substr(7));
  if (!short_year) return std::nullopt;
  const auto this_year =
      static_cast<unsigned>(static_cast<int>(year_month_day(std::chrono::floor<days>(now)).year()));
  unsigned full = this_year - this_year % 100 + *short_year;
  if (full > this_year + 50) full -= 100;
  return assemble(full, month_number(date.substr(3, 3)), digits(date.substr(0, 2)), time_of_day(time));
}

}  // namespace

std::string format_http_date(sys_seconds time) {
  const auto midnight = std::chrono::floor<days>(time);
  const year_month_day date(midnight);
  const std::chrono::hh_mm_ss clock(time - midnight);
  std::string out(kDays[std::chrono::weekday(midnight).c_encoding()]);
  out += ", ";
  append_digits(out, static_cast<unsigned>(date.day()), 2);
  out += ' ';
  out += kMonths[static_cast<unsigned>(date.month()) - 1];
  out += ' ';
  append_digits(out, static_cast<unsigned>(static_cast<int>(date.year())), 4);
  out += ' ';
  append_digits(out, static_cast<unsigned>(clock.hours().count()), 2);
  out += ':';
  append_digits(out, static_cast<unsigned>(clock.minutes().count()), 2);
  out += ':';
  append_digits(out, static_cast<unsigned>(clock.seconds().count()), 2);
  return out + " GMT";
}

std::optional<sys_seconds> parse_http_date(std::string_view text, sys_seconds now) {
  const auto parts = words(trimmed(text));
  const bool gmt = !parts.empty() && parts.back() == "GMT";
  if (parts.size() == 6 && gmt && parts[0].ends_with(',')) {
    return assemble(digits(parts[3]), month_number(parts[2]), digits(parts[1]), time_of_day(parts[4]));
  }
  if (parts.size() == 4 && gmt && parts[0].ends_with(',')) return rfc850(parts[1], parts[2], now);
  if (parts.size() == 5 && !gmt) {
    return assemble(digits(parts[4]), month_number(parts[1]), digits(parts[2]), time_of_day(parts[3]));
  }
  return std::nullopt;
}

}  // namespace tongxing::http
