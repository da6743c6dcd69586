// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/caption_file.hpp"
#include "accessibility/captions/cue_builder.hpp"
#include "accessibility/captions/cue_text.hpp"
#include "accessibility/captions/field_time.hpp"
#include "accessibility/captions/source_lines.hpp"

#include <optional>
#include <utility>

namespace tongxing::accessibility {
namespace {

constexpr std::string_view kLineBreak = "[br]";

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\f") == std::string_view::npos;
}

struct Times {
  Milliseconds start{0};
  Milliseconds end{0};
};

/// "0:00:01.000,0:00:02.500" alone on its line.
std::optional<Times> times_of(std::string_view line) {
  const auto comma = line.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  const auto start = field_time(line.substr(0, comma));
  const auto end = field_time(line.substr(comma + 1));
  if (!start || !end) return std::nullopt;
  return Times{*start, *end};
}

/// A line that is meant as times, though they can not be read: two groups of digits and colons.
bool resembles_times(std::string_view line) {
  return line.find(',') != std::string_view::npos && line.find(':') != std::string_view::npos &&
         line.find_first_not_of("0123456789:.,- \t") == std::string_view::npos;
}

void replace_breaks(std::string& text) {
  for (auto at = text.find(kLineBreak); at != std::string::npos; at = text.find(kLineBreak, at + 1)) {
    text.replace(at, kLineBreak.size(), "\n");
  }
}

class Reader {
 public:
  Reader(const SourceLines& lines, CaptionFile& file) : lines_{lines}, builder_{file} {}

  std::expected<void, CaptionError> run() {
    while (at_ < lines_.size()) {
      const auto line = lines_[at_];
      if (is_blank(line)) {
        ++at_;
      } else if (resembles_times(line)) {
        if (auto read = cue(); !read) return read;
      } else {
        builder_.report(FindingKind::text_lost, Severity::error, ++at_, std::string{line});
      }
    }
    builder_.finish();
    return {};
  }

 private:
  std::expected<void, CaptionError> cue() {
    const auto number = at_ + 1;
    const auto times = times_of(lines_[at_++]);
    auto text = collect();
    if (!times) {
      builder_.report(FindingKind::timing_malformed, Severity::error, number,
                      std::string{lines_[number - 1]});
      return {};
    }
    if (text.size() > kMaxCueBytes)
      return std::unexpected(CaptionError{CaptionErrorKind::cue_too_long, number});
    replace_breaks(text);
    Cue cue{
        .id = {}, .start = times->start, .end = times->end, .text = escaped_cue_text(text), .settings = {}};
    cue.line = number;
    return builder_.add(std::move(cue), number + 1);
  }

  /// Text up to the next times. Empty lines within it are left out, because WebVTT can not keep them.
  std::string collect() {
    std::string text;
    bool gap = false;
    for (; at_ < lines_.size() && !resembles_times(lines_[at_]); ++at_) {
      if (is_blank(lines_[at_])) {
        gap = true;
        continue;
      }
      if (std::exchange(gap, false) && !text.empty()) {
        builder_.report(FindingKind::blank_line_in_cue, Severity::warning, at_ + 1);
      }
      if (!text.empty()) text += '\n';
      text += lines_[at_];
    }
    return text;
  }

  const SourceLines& lines_;
  CueBuilder builder_;
  std::size_t at_ = 0;
};

}  // namespace

std::expected<CaptionFile, CaptionError> read_sbv(std::string_view utf8) {
  if (utf8.size() > kMaxFileBytes) return std::unexpected(CaptionError{CaptionErrorKind::too_large, 0});
  SourceLines lines{utf8};
  CaptionFile file{.format = CaptionFormat::sbv, .track = {}, .findings = std::move(lines.findings())};
  Reader reader{lines, file};
  if (auto read = reader.run(); !read) return std::unexpected(read.error());
  return file;
}

}  // namespace tongxing::accessibility
