// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/caption_file.hpp"
#include "accessibility/captions/cue_builder.hpp"
#include "accessibility/captions/cue_text.hpp"
#include "accessibility/captions/source_lines.hpp"
#include "accessibility/captions/timestamp.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace tongxing::accessibility {
namespace {

constexpr std::string_view kArrow = "-->";

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\f") == std::string_view::npos;
}

bool is_number(std::string_view line) {
  skip_space(line);
  const auto digits = take_digits(line);
  return !digits.empty() && is_blank(line);
}

std::optional<std::int64_t> take_part(std::string_view& text, std::string_view separators, std::size_t most) {
  const auto digits = take_digits(text);
  if (digits.empty() || digits.size() > most) return std::nullopt;
  if (!separators.empty()) {
    if (text.empty() || separators.find(text.front()) == std::string_view::npos) return std::nullopt;
    text.remove_prefix(1);
  }
  std::int64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

/// "1:02:03,004", also with a point, and with fewer digits than it should have.
std::optional<Milliseconds> take_srt_time(std::string_view& text) {
  const auto hours = take_part(text, ":", 12);
  const auto minutes = hours ? take_part(text, ":", 2) : std::nullopt;
  const auto seconds = minutes ? take_part(text, ",.", 2) : std::nullopt;
  if (!seconds || *minutes > 59 || *seconds > 59) return std::nullopt;
  const auto digits = take_digits(text);
  if (digits.empty() || digits.size() > 3) return std::nullopt;
  auto thousandths = std::string{digits} + "00";
  std::string_view padded{thousandths.data(), 3};
  const auto fraction = take_part(padded, "", 3);
  return Milliseconds{((*hours * 60 + *minutes) * 60 + *seconds) * 1000 + fraction.value_or(0)};
}

/// Keeps i, b and u, drops all other tags and {\…} codes, and escapes the rest for WebVTT.
class SrtText {
 public:
  SrtText(CueBuilder& builder, std::size_t line) : builder_{builder}, line_{line} {}

  std::string convert(std::string_view text) {
    while (!text.empty()) {
      const bool dropped = text.starts_with("{\\") ? drop(text, '}') : text.starts_with('<') && tag(text);
      if (dropped) continue;
      out_ += escaped(text.front());
      line_ += text.front() == '\n' ? 1 : 0;
      text.remove_prefix(1);
    }
    return std::move(out_);
  }

 private:
  static std::string escaped(char c) {
    if (c == '&') return "&amp;";
    if (c == '<') return "&lt;";
    if (c == '>') return "&gt;";
    return {c};
  }

  bool drop(std::string_view& text, char close) {
    const auto end = text.find(close);
    if (end == std::string_view::npos || text.substr(0, end).find('\n') != std::string_view::npos)
      return false;
    builder_.report(FindingKind::markup_lost, Severity::warning, line_, std::string{text.substr(0, end + 1)});
    text.remove_prefix(end + 1);
    return true;
  }

  /// False: it is no tag, but a < in the text.
  bool tag(std::string_view& text) {
    for (const auto* known : {"<i>", "</i>", "<b>", "</b>", "<u>", "</u>"}) {
      if (!text.starts_with(known)) continue;
      out_ += known;
      text.remove_prefix(std::string_view{known}.size());
      return true;
    }
    for (const auto* foreign : {"<font", "</font", "<span", "</span", "<br", "<c.", "</c"}) {
      if (text.starts_with(foreign)) return drop(text, '>');
    }
    return false;
  }

  CueBuilder& builder_;
  std::size_t line_;
  std::string out_;
};

class Reader {
 public:
  Reader(const SourceLines& lines, CaptionFile& file) : lines_{lines}, builder_{file} {}

  std::expected<void, CaptionError> run() {
    for (;;) {
      while (more() && is_blank(lines_[at_])) ++at_;
      if (!more()) break;
      if (starts_cue()) {
        if (auto read = cue(); !read) return read;
      } else {
        builder_.report(FindingKind::text_lost, Severity::error, at_ + 1, std::string{lines_[at_]});
        ++at_;
      }
    }
    builder_.finish();
    return {};
  }

 private:
  [[nodiscard]] bool more() const { return at_ < lines_.size(); }

  [[nodiscard]] bool has_arrow(std::size_t index) const {
    return index < lines_.size() && lines_[index].find(kArrow) != std::string_view::npos;
  }

  /// A number and then times, or times alone.
  [[nodiscard]] bool starts_cue() const {
    return has_arrow(at_) || (is_number(lines_[at_]) && has_arrow(at_ + 1));
  }

  std::expected<void, CaptionError> cue() {
    Cue cue{.id = {}, .text = {}, .settings = {}};
    if (has_arrow(at_)) {
      builder_.report(FindingKind::number_missing, Severity::info, at_ + 1);
    } else {
      auto number = lines_[at_++];
      skip_space(number);
      cue.id = take_digits(number);
    }
    cue.line = at_ + 1;
    const bool readable = timing(lines_[at_++], cue);
    const auto text_line = at_ + 1;
    const auto text = collect();
    if (!readable) {
      builder_.report(FindingKind::timing_malformed, Severity::error, cue.line,
                      std::string{lines_[cue.line - 1]});
      return {};
    }
    // The limit is checked on what was given too, so that dropped markup is no way around it.
    if (text.size() > kMaxCueBytes)
      return std::unexpected(CaptionError{CaptionErrorKind::cue_too_long, cue.line});
    cue.text = SrtText{builder_, text_line}.convert(text);
    return builder_.add(std::move(cue), text_line);
  }

  static bool timing(std::string_view line, Cue& cue) {
    skip_space(line);
    const auto start = take_srt_time(line);
    skip_space(line);
    if (!start || !line.starts_with(kArrow)) return false;
    line.remove_prefix(kArrow.size());
    skip_space(line);
    const auto end = take_srt_time(line);
    if (!end) return false;
    cue.start = *start;
    cue.end = *end;
    return true;  // what follows are places in pixels of some picture: of no use
  }

  /// Text up to the next cue. Empty lines within it are left out, because WebVTT can not keep them.
  std::string collect() {
    std::string text;
    bool gap = false;
    while (more()) {
      const auto line = lines_[at_];
      if (is_blank(line)) {
        gap = true;
      } else if (starts_cue()) {
        break;
      } else {
        if (gap && !text.empty()) builder_.report(FindingKind::blank_line_in_cue, Severity::warning, at_ + 1);
        gap = false;
        if (!text.empty()) text += '\n';
        text += line;
      }
      ++at_;
    }
    return text;
  }

  const SourceLines& lines_;
  CueBuilder builder_;
  std::size_t at_ = 0;
};

}  // namespace

std::expected<CaptionFile, CaptionError> read_srt(std::string_view utf8) {
  if (utf8.size() > kMaxFileBytes) return std::unexpected(CaptionError{CaptionErrorKind::too_large, 0});
  SourceLines lines{utf8};
  CaptionFile file{.format = CaptionFormat::srt, .track = {}, .findings = std::move(lines.findings())};
  Reader reader{lines, file};
  if (auto read = reader.run(); !read) return std::unexpected(read.error());
  return file;
}

}  // namespace tongxing::accessibility
