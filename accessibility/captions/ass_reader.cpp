// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/ass_text.hpp"
#include "accessibility/captions/caption_file.hpp"
#include "accessibility/captions/cue_builder.hpp"
#include "accessibility/captions/field_time.hpp"
#include "accessibility/captions/source_lines.hpp"
#include "accessibility/captions/timestamp.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace tongxing::accessibility {
namespace {

constexpr std::string_view kEventColumns =
    "Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text";
constexpr std::size_t kMostColumns = 64;
constexpr std::size_t kMostLostInEvent = 8;  // one event may hold hundreds of karaoke marks

std::string_view trimmed(std::string_view text) {
  skip_space(text);
  const auto last = text.find_last_not_of(" \t\f");
  return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

std::string lower_case(std::string_view text) {
  std::string lower{text};
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  });
  return lower;
}

/// Cut at commas into at most `most` fields; the last one keeps its commas.
std::vector<std::string_view> fields_of(std::string_view text, std::size_t most) {
  std::vector<std::string_view> fields;
  while (fields.size() + 1 < most) {
    const auto comma = text.find(',');
    if (comma == std::string_view::npos) break;
    fields.push_back(text.substr(0, comma));
    text.remove_prefix(comma + 1);
  }
  fields.push_back(text);
  return fields;
}

/// The names in a Format line, in lower case.
std::vector<std::string> columns_of(std::string_view format) {
  std::vector<std::string> names;
  for (const auto field : fields_of(format, kMostColumns)) names.push_back(lower_case(trimmed(field)));
  return names;
}

/// A line under its Format line.
class Row {
 public:
  Row(const std::vector<std::string>& columns, std::string_view values)
      : columns_{columns}, fields_{fields_of(values, columns.size())} {}

  [[nodiscard]] std::string_view operator[](std::string_view name) const {
    const auto found = std::ranges::find(columns_, name);
    const auto index = static_cast<std::size_t>(found - columns_.begin());
    return index < fields_.size() ? fields_[index] : std::string_view{};
  }

 private:
  const std::vector<std::string>& columns_;
  std::vector<std::string_view> fields_;
};

/// In a style −1 is on, and 0 is off.
bool is_on(std::string_view value) {
  const auto text = trimmed(value);
  return !text.empty() && text != "0";
}

class Reader {
 public:
  Reader(const SourceLines& lines, CaptionFile& file)
      : lines_{lines}, builder_{file}, event_columns_{columns_of(kEventColumns)} {}

  std::expected<void, CaptionError> run() {
    for (at_ = 0; at_ < lines_.size(); ++at_) {
      const auto line = trimmed(lines_[at_]);
      if (line.empty() || line.starts_with(';') || line.starts_with('!')) continue;
      if (line.starts_with('[') && line.ends_with(']')) {
        section_ = lower_case(line.substr(1, line.size() - 2));
      } else if (auto read = entry(line); !read) {
        return read;
      }
    }
    builder_.finish();
    return {};
  }

 private:
  [[nodiscard]] bool in_styles() const {
    return section_.ends_with("styles") || section_.ends_with("styles+");
  }

  std::expected<void, CaptionError> entry(std::string_view line) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return {};
    const auto key = lower_case(trimmed(line.substr(0, colon)));
    const auto value = line.substr(colon + 1);
    if (in_styles()) {
      if (key == "format") style_columns_ = columns_of(value);
      if (key == "style") style(Row{style_columns_, value});
    } else if (section_ == "events") {
      if (key == "format") event_columns_ = columns_of(value);
      if (key == "dialogue") return dialogue(Row{event_columns_, value});
    } else if (section_ == "fonts" || section_ == "graphics") {
      if (key == "fontname" || key == "filename") lost(FindingKind::style_lost, trimmed(value));
    }
    return {};
  }

  void lost(FindingKind kind, std::string_view text) {
    builder_.report(kind, Severity::warning, at_ + 1, std::string{text});
  }

  /// Of a style only whether it is slanted, heavy or underlined goes on; that it is more than this is told
  /// once.
  void style(const Row& row) {
    const std::string name{trimmed(row["name"])};
    styles_[name] = RunStyle{
        .italic = is_on(row["italic"]), .bold = is_on(row["bold"]), .underline = is_on(row["underline"])};
    lost(FindingKind::style_lost, name);
  }

  std::expected<void, CaptionError> dialogue(const Row& row) {
    const auto start = field_time(row["start"]);
    const auto end = field_time(row["end"]);
    if (!start || !end) {
      builder_.report(FindingKind::timing_malformed, Severity::error, at_ + 1, std::string{lines_[at_]});
      return {};
    }
    const auto given = row["text"];
    // The limit is on what is shown; overrides may be far longer than that.
    if (given.size() > 16 * kMaxCueBytes) {
      return std::unexpected(CaptionError{CaptionErrorKind::cue_too_long, at_ + 1});
    }
    auto style = base_style(trimmed(row["style"]));
    style.speaker = trimmed(name_of(row));
    const auto text = parse_ass_text(given, style);
    for (std::size_t i = 0; i < std::min(text.lost.size(), kMostLostInEvent); ++i) {
      lost(FindingKind::markup_lost, text.lost[i]);
    }
    Cue cue{.id = {}, .start = *start, .end = *end, .text = cue_text_of(text.runs), .settings = {}};
    if (cue.text.empty()) return {};  // a drawing
    place(text.place, cue.settings);
    cue.line = at_ + 1;
    return builder_.add(std::move(cue), at_ + 1);
  }

  static std::string_view name_of(const Row& row) {
    const auto name = row["name"];
    return name.empty() ? row["actor"] : name;
  }

  [[nodiscard]] RunStyle base_style(std::string_view name) const {
    if (name.starts_with('*')) name.remove_prefix(1);  // SSA marks the default style so
    const auto found = styles_.find(std::string{name});
    return found == styles_.end() ? RunStyle{} : found->second;
  }

  /// The top goes on as the first line, sides as alignment; the middle of the picture is not said in lines.
  static void place(int place, CueSettings& settings) {
    if (place == 0) return;
    if (place >= 7) settings.line = 0;
    if (place >= 4 && place <= 6) {
      settings.line = 50;
      settings.line_unit = LineUnit::percent;
      settings.line_align = LineAlign::center;
    }
    if (place % 3 == 1) settings.align = TextAlign::left;
    if (place % 3 == 0) settings.align = TextAlign::right;
  }

  const SourceLines& lines_;
  CueBuilder builder_;
  std::vector<std::string> style_columns_;
  std::vector<std::string> event_columns_;
  std::map<std::string, RunStyle> styles_;
  std::string section_;
  std::size_t at_ = 0;
};

}  // namespace

std::expected<CaptionFile, CaptionError> read_ass(std::string_view utf8) {
  if (utf8.size() > kMaxFileBytes) return std::unexpected(CaptionError{CaptionErrorKind::too_large, 0});
  SourceLines lines{utf8};
  CaptionFile file{.format = CaptionFormat::ass, .track = {}, .findings = std::move(lines.findings())};
  Reader reader{lines, file};
  if (auto read = reader.run(); !read) return std::unexpected(read.error());
  // The order of events is that of their drawing, often by speaker.
  std::ranges::sort(file.track.cues, {}, [](const Cue& cue) { return std::pair{cue.start, cue.line}; });
  return file;
}

}  // namespace tongxing::accessibility
