// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/caption_file.hpp"
#include "accessibility/captions/cue_builder.hpp"
#include "accessibility/captions/cue_settings.hpp"
#include "accessibility/captions/source_lines.hpp"
#include "accessibility/captions/timestamp.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace tongxing::accessibility {
namespace {

constexpr std::string_view kArrow = "-->";
constexpr std::string_view kSignature = "WEBVTT";

bool has_arrow(std::string_view line) {
  return line.find(kArrow) != std::string_view::npos;
}

/// The name alone on its line, perhaps followed by white space.
bool is_block_name(std::string_view line, std::string_view name) {
  if (!line.starts_with(name)) return false;
  return line.find_first_not_of(" \t\f", name.size()) == std::string_view::npos;
}

bool is_comment(std::string_view line) {
  return line == "NOTE" || line.starts_with("NOTE ") || line.starts_with("NOTE\t");
}

/// A style sheet that names an address, or hides what it does behind escapes, is not kept.
bool loads_something(std::string_view css) {
  std::string lower{css};
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  });
  for (const auto* word : {"url", "@import", "image-set", "\\", "<", "expression"}) {
    if (lower.find(word) != std::string::npos) return true;
  }
  return false;
}

/// WebVTT §6.1, "collect a WebVTT block", over lines. Members mirror the variables of the algorithm.
class Reader {
 public:
  Reader(const SourceLines& lines, CaptionFile& file) : lines_{lines}, file_{file}, builder_{file} {}

  std::expected<void, CaptionError> run() {
    at_ = 1;  // the signature was checked
    if (more() && !lines_[at_].empty()) skip_header();
    skip_empty();
    while (more()) {
      if (auto read = block(); !read) return read;
      skip_empty();
    }
    builder_.finish();
    return {};
  }

 private:
  [[nodiscard]] bool more() const { return at_ < lines_.size(); }
  [[nodiscard]] std::size_t number() const { return at_ + 1; }

  void skip_empty() {
    while (more() && lines_[at_].empty()) ++at_;
  }

  /// Metadata lines up to an empty line. A cue that follows at once is still read.
  void skip_header() {
    while (more() && !lines_[at_].empty() && !has_arrow(lines_[at_])) ++at_;
    if (more() && has_arrow(lines_[at_]))
      builder_.report(FindingKind::header_not_ended, Severity::warning, number());
  }

  std::expected<void, CaptionError> block() {
    const auto first = at_;
    if (has_arrow(lines_[at_])) return cue({});
    ++at_;
    if (more() && has_arrow(lines_[at_])) return cue(lines_[first]);
    const auto body = collect();
    if (is_comment(lines_[first])) {
      note(std::string{lines_[first].substr(4)} + '\n' + body, first + 1);
      return {};
    }
    if (is_block_name(lines_[first], "STYLE")) {
      style(body, first + 1);
    } else if (is_block_name(lines_[first], "REGION")) {
      region(body, first + 1);
    } else {
      builder_.report(FindingKind::text_lost, Severity::error, first + 1, std::string{lines_[first]});
    }
    return {};
  }

  /// Lines up to an empty one or one that begins a cue.
  std::string collect() {
    std::string text;
    bool any = false;
    while (more() && !lines_[at_].empty() && !has_arrow(lines_[at_])) {
      if (std::exchange(any, true)) text += '\n';
      text += lines_[at_++];
    }
    if (more() && has_arrow(lines_[at_])) {
      builder_.report(FindingKind::blank_line_missing, Severity::warning, number());
    }
    return text;
  }

  std::expected<void, CaptionError> cue(std::string_view id) {
    Cue cue{.id = std::string{id}, .text = {}, .settings = {}, .line = number()};
    const bool readable = timing(lines_[at_++], cue);
    const auto text_line = number();
    cue.text = collect();
    if (!readable) {
      builder_.report(FindingKind::timing_malformed, Severity::error, cue.line,
                      std::string{lines_[cue.line - 1]});
      return {};
    }
    seen_cue_ = true;
    return builder_.add(std::move(cue), text_line);
  }

  /// WebVTT §6.3, "collect WebVTT cue timings and settings".
  bool timing(std::string_view line, Cue& cue) {
    skip_space(line);
    const auto start = take_timestamp(line);
    if (!start) return false;
    skip_space(line);
    if (!line.starts_with(kArrow)) return false;
    line.remove_prefix(kArrow.size());
    skip_space(line);
    const auto end = take_timestamp(line);
    if (!end) return false;
    cue.start = *start;
    cue.end = *end;
    auto read = parse_cue_settings(line, file_.track.regions);
    cue.settings = std::move(read.settings);
    for (auto& setting : read.ignored) {
      builder_.report(FindingKind::setting_ignored, Severity::warning, cue.line, std::move(setting));
    }
    if (!read.unknown_region.empty()) {
      builder_.report(FindingKind::region_unknown, Severity::warning, cue.line,
                      std::move(read.unknown_region));
    }
    return true;
  }

  void note(std::string_view comment, std::size_t line) {
    for (auto& strange : read_author_note(comment, file_.track.notes)) {
      builder_.report(FindingKind::setting_ignored, Severity::warning, line, std::move(strange));
    }
  }

  void style(std::string css, std::size_t line) {
    if (seen_cue_) return builder_.report(FindingKind::style_after_cue, Severity::warning, line);
    const bool too_long = css.size() > kMaxStyleBytes || styles_bytes_ + css.size() > kMaxStylesBytes;
    if (too_long || loads_something(css)) {
      return builder_.report(FindingKind::style_dropped, Severity::warning, line);
    }
    styles_bytes_ += css.size();
    if (!css.empty()) file_.track.styles.push_back(std::move(css));
  }

  void region(std::string_view text, std::size_t line) {
    if (seen_cue_) return builder_.report(FindingKind::style_after_cue, Severity::warning, line);
    auto read = parse_region(text);
    for (auto& setting : read.ignored) {
      builder_.report(FindingKind::setting_ignored, Severity::warning, line, std::move(setting));
    }
    if (file_.track.regions.size() == kMaxRegions || read.region.id.size() > kMaxCueBytes) {
      return builder_.report(FindingKind::region_dropped, Severity::warning, line);
    }
    file_.track.regions.push_back(std::move(read.region));
  }

  const SourceLines& lines_;
  CaptionFile& file_;
  CueBuilder builder_;
  std::size_t at_ = 0;
  bool seen_cue_ = false;
  std::size_t styles_bytes_ = 0;
};

}  // namespace

std::expected<CaptionFile, CaptionError> read_webvtt(std::string_view utf8) {
  if (utf8.size() > kMaxFileBytes) return std::unexpected(CaptionError{CaptionErrorKind::too_large, 0});
  SourceLines lines{utf8};
  const auto first = lines.size() > 0 ? lines[0] : std::string_view{};
  const bool signed_line =
      first.starts_with(kSignature) && (first.size() == kSignature.size() ||
                                        first[kSignature.size()] == ' ' || first[kSignature.size()] == '\t');
  if (!signed_line) return std::unexpected(CaptionError{CaptionErrorKind::not_captions, 1});
  CaptionFile file{.format = CaptionFormat::webvtt, .track = {}, .findings = std::move(lines.findings())};
  // The decoder takes one byte order mark away. With a second one before it the signature is none.
  if (std::ranges::find(file.findings, FindingKind::second_bom, &Finding::kind) != file.findings.end())
    return file;
  Reader reader{lines, file};
  if (auto read = reader.run(); !read) return std::unexpected(read.error());
  return file;
}

}  // namespace tongxing::accessibility
