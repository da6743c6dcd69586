// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/ttml_paragraph.hpp"

#include <algorithm>
#include <utility>

namespace tongxing::accessibility {
namespace {

constexpr Milliseconds kNever{INT64_MAX};

Milliseconds end_of(const TtmlInterval& when) {
  return when.end.value_or(kNever);
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Runs of white space become one space; none at the beginning of a line and none before a line break.
class Collapser {
 public:
  std::string collapsed(std::string_view text) {
    std::string out;
    for (const char c : text) {
      if (is_space(c)) {
        pending_ = pending_ || !at_line_start_;
        continue;
      }
      if (std::exchange(pending_, false)) out += ' ';
      at_line_start_ = false;
      out += c;
    }
    return out;
  }

  void line_break() {
    pending_ = false;
    at_line_start_ = true;
  }

  /// Text that is kept as it is.
  std::string verbatim(std::string_view text) {
    std::string out = std::exchange(pending_, false) ? " " : "";
    at_line_start_ = text.ends_with('\n');
    return out.append(text);
  }

 private:
  bool pending_ = false;
  bool at_line_start_ = true;
};

}  // namespace

void TtmlParagraph::add_text(std::string_view text, const RunStyle& style, const TtmlInterval& when,
                             TtmlSpace space) {
  pieces_.push_back({.run = {.text = std::string{text}, .style = style}, .when = when, .space = space});
}

void TtmlParagraph::add_break(const RunStyle& style, const TtmlInterval& when) {
  add_text("\n", style, when, TtmlSpace::preserve);
}

void TtmlParagraph::begin_ruby() {
  bases_.clear();
  texts_ = 0;
}

void TtmlParagraph::begin_ruby_base() {
  bases_.push_back(pieces_.size());
}

void TtmlParagraph::begin_ruby_text() {
  ++texts_;
}

void TtmlParagraph::add_ruby_base(std::string_view text, const RunStyle& style, const TtmlInterval& when) {
  if (!bases_.empty()) bases_.back() = pieces_.size();
  add_text(text, style, when, TtmlSpace::collapse);
}

void TtmlParagraph::add_ruby_text(std::string_view text) {
  if (bases_.empty() || texts_ == 0) return;
  const auto base = bases_[std::min(texts_, bases_.size()) - 1];
  if (base >= pieces_.size()) return;  // nothing was in it
  auto& ruby = pieces_[base].run.ruby;
  Collapser collapser;
  const auto more = collapser.collapsed(text);
  if (!ruby.empty() && !more.empty()) ruby += ' ';
  ruby += more;
}

std::optional<std::vector<TtmlParagraph::Slice>> TtmlParagraph::slices() const {
  std::size_t bytes = 0;
  for (const auto& piece : pieces_) bytes += piece.run.text.size() + piece.run.ruby.size();
  if (pieces_.size() > kMostTtmlPieces || bytes > kMostTtmlBytes) return std::nullopt;
  // White space between timed spans has the times of the paragraph, but shows nothing by itself.
  std::vector<Milliseconds> borders;
  for (const auto& piece : pieces_) {
    if (std::ranges::all_of(piece.run.text, is_space)) continue;
    borders.push_back(piece.when.begin);
    borders.push_back(end_of(piece.when));
  }
  std::ranges::sort(borders);
  borders.erase(std::ranges::unique(borders).begin(), borders.end());
  std::vector<Slice> result;
  for (std::size_t i = 0; i + 1 < borders.size(); ++i) {
    TtmlInterval when{borders[i], borders[i + 1]};
    if (borders[i + 1] == kNever) when.end.reset();
    auto runs = shown_in(when);
    const bool empty = std::ranges::all_of(
        runs, [](const StyledRun& run) { return std::ranges::all_of(run.text, is_space); });
    if (!empty) result.push_back({when, std::move(runs)});
  }
  return result;
}

std::vector<StyledRun> TtmlParagraph::shown_in(const TtmlInterval& when) const {
  std::vector<StyledRun> runs;
  Collapser collapser;
  for (const auto& piece : pieces_) {
    if (piece.when.begin > when.begin || end_of(piece.when) < end_of(when)) continue;
    auto run = piece.run;
    if (run.text == "\n" && piece.space == TtmlSpace::preserve) {
      collapser.line_break();
    } else {
      run.text =
          piece.space == TtmlSpace::preserve ? collapser.verbatim(run.text) : collapser.collapsed(run.text);
    }
    if (!run.text.empty()) runs.push_back(std::move(run));
  }
  while (!runs.empty() && runs.back().text == "\n") runs.pop_back();
  return runs;
}

}  // namespace tongxing::accessibility
