// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/transcript/chapter_marks.hpp"

#include "accessibility/captions/cue_text.hpp"
#include "accessibility/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace tongxing::accessibility {
namespace {

constexpr std::array<std::string_view, 9> kNames{"none_found",   "too_large",     "not_utf8",
                                                 "bad_time",     "title_missing", "title_long",
                                                 "out_of_order", "too_many",      "behind_end"};
constexpr std::int64_t kMostHours = 24;

bool is_blank(char32_t code) {
  return code <= 0x20 || code == 0x7F || code == 0x85 || code == 0xA0 || code == 0x2028 || code == 0x2029 ||
         code == 0x3000 || code == 0xFEFF;
}

/// Blanks of every kind become one space, none at the ends.
std::u32string tidied(std::u32string_view text) {
  std::u32string tidy;
  for (const char32_t code : text) {
    if (!is_blank(code)) {
      tidy.push_back(code);
    } else if (!tidy.empty() && tidy.back() != U' ') {
      tidy.push_back(U' ');
    }
  }
  if (!tidy.empty() && tidy.back() == U' ') tidy.pop_back();
  return tidy;
}

std::string utf8_of(std::u32string_view text) {
  std::string out;
  for (const char32_t code : text) append_utf8(out, code);
  return out;
}

/// What a Chinese keyboard types for digits, colons and points, as ASCII.
char32_t plain(char32_t code) {
  if (code >= 0xFF10 && code <= 0xFF19) return code - 0xFF10 + U'0';
  if (code == 0xFF1A) return U':';
  if (code == 0xFF0E || code == U',' || code == 0xFF0C) return U'.';
  return code;
}

/// One to `most` digits from `at` on, which moves behind them.
std::optional<std::int64_t> number(std::u32string_view text, std::size_t& at, std::size_t most) {
  const std::size_t from = at;
  std::int64_t value = 0;
  for (; at < text.size() && at - from < most; ++at) {
    const char32_t code = plain(text[at]);
    if (code < U'0' || code > U'9') break;
    value = value * 10 + static_cast<std::int64_t>(code - U'0');
  }
  if (at == from) return std::nullopt;
  return value;
}

bool takes(std::u32string_view text, std::size_t& at, char32_t wanted) {
  if (at >= text.size() || plain(text[at]) != wanted) return false;
  ++at;
  return true;
}

/// ".5", ".25", ".125" behind the seconds.
std::optional<std::int64_t> thousandths(std::u32string_view text, std::size_t& at) {
  const std::size_t from = at;
  auto value = number(text, at, 3);
  if (!value) return std::nullopt;
  for (std::size_t digits = at - from; digits < 3; ++digits) *value *= 10;
  return value;
}

/// "m:ss", "h:mm:ss", each with thousandths or without; `at` moves behind it.
std::optional<Milliseconds> clock_time(std::u32string_view text, std::size_t& at) {
  const auto first = number(text, at, 3);
  if (!first || !takes(text, at, U':')) return std::nullopt;
  const auto second = number(text, at, 2);
  if (!second || *second > 59) return std::nullopt;
  std::int64_t seconds = *first * 60 + *second;
  if (takes(text, at, U':')) {
    const auto third = number(text, at, 2);
    if (!third || *third > 59 || *first >= kMostHours) return std::nullopt;
    seconds = seconds * 60 + *third;
  }
  std::int64_t part = 0;
  if (takes(text, at, U'.')) {
    const auto read = thousandths(text, at);
    if (!read) return std::nullopt;
    part = *read;
  }
  if (at < text.size() && !is_blank(text[at])) return std::nullopt;
  return Milliseconds{seconds * 1'000 + part};
}

std::optional<ChapterFault> add(ChapterMarks& marks, Milliseconds start, Milliseconds end,
                                std::u32string_view title, std::size_t line) {
  const std::u32string tidy = tidied(title);
  if (tidy.empty()) return ChapterFault::title_missing;
  if (tidy.size() > kLongestChapterTitle) return ChapterFault::title_long;
  if (!marks.empty() && start <= marks.back().start) return ChapterFault::out_of_order;
  if (marks.size() == kMostChapters) return ChapterFault::too_many;
  marks.push_back({start, end, utf8_of(tidy), line});
  return std::nullopt;
}

std::expected<ChapterMarks, ChapterError> some_of(ChapterMarks marks) {
  if (marks.empty()) return std::unexpected(ChapterError{ChapterFault::none_found, 0});
  return marks;
}

std::string two_digits(std::int64_t value) {
  return (value < 10 ? "0" : "") + std::to_string(value);
}

std::string clock_text(Milliseconds time) {
  const auto ms = time.count();
  const auto seconds = ms / 1'000;
  std::string text = seconds >= 3'600 ? std::to_string(seconds / 3'600) + ":" + two_digits(seconds / 60 % 60)
                                      : std::to_string(seconds / 60);
  text += ":" + two_digits(seconds % 60);
  if (ms % 1'000 != 0) text += "." + std::to_string(1'000 + ms % 1'000).substr(1);
  return text;
}

}  // namespace

std::string_view name_of(ChapterFault fault) {
  return kNames.at(static_cast<std::size_t>(fault));
}

std::expected<ChapterMarks, ChapterError> read_chapter_lines(std::string_view text) {
  if (text.size() > kLargestChapterText) return std::unexpected(ChapterError{ChapterFault::too_large, 0});
  if (first_invalid(text)) return std::unexpected(ChapterError{ChapterFault::not_utf8, 0});
  ChapterMarks marks;
  for (std::size_t line = 1; !text.empty(); ++line) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::u32string whole = tidied(decode(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (whole.empty()) continue;
    std::size_t at = 0;
    const auto start = clock_time(whole, at);
    if (!start) return std::unexpected(ChapterError{ChapterFault::bad_time, line});
    const auto fault = add(marks, *start, Milliseconds{0}, std::u32string_view(whole).substr(at), line);
    if (fault) return std::unexpected(ChapterError{*fault, line});
  }
  return some_of(std::move(marks));
}

std::expected<ChapterMarks, ChapterError> chapter_marks_of(const Track& track) {
  ChapterMarks marks;
  for (const Cue& cue : track.cues) {
    const auto fault = add(marks, cue.start, cue.end, decode(plain_text(cue.text)), cue.line);
    if (fault) return std::unexpected(ChapterError{*fault, cue.line});
  }
  return some_of(std::move(marks));
}

std::expected<ChapterMarks, ChapterError> ended_at(ChapterMarks marks, Milliseconds length) {
  for (std::size_t i = 0; i < marks.size(); ++i) {
    ChapterMark& mark = marks[i];
    if (mark.start >= length) return std::unexpected(ChapterError{ChapterFault::behind_end, mark.line});
    const Milliseconds latest = i + 1 < marks.size() ? std::min(marks[i + 1].start, length) : length;
    if (mark.end <= mark.start || mark.end > latest) mark.end = latest;
  }
  return marks;
}

std::string chapter_lines(const ChapterMarks& marks) {
  std::string text;
  for (const ChapterMark& mark : marks) text += clock_text(mark.start) + " " + mark.title + "\n";
  return text;
}

Track track_of(const ChapterMarks& marks) {
  Track track;
  for (const ChapterMark& mark : marks) {
    Cue cue;
    cue.start = mark.start;
    cue.end = mark.end;
    cue.text = escaped_cue_text(mark.title);
    track.cues.push_back(std::move(cue));
  }
  return track;
}

}  // namespace tongxing::accessibility
