// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/caption_quality/marks.hpp"

#include "accessibility/caption_quality/letters.hpp"

#include <algorithm>

namespace tongxing::accessibility {
namespace {

constexpr std::u32string_view kNarrow = U",.?!:;";
constexpr std::u32string_view kFull = U"，。？！：；";

/// Where a run of characters of `set` that begins at `from` ends.
std::size_t end_of_run(std::u32string_view line, std::size_t from, std::u32string_view set) {
  return std::min(line.find_first_not_of(set, from), line.size());
}

bool is_point_of_ellipsis(std::u32string_view line, std::size_t at) {
  if (line[at] != U'.') return false;
  return (at > 0 && line[at - 1] == U'.') || (at + 1 < line.size() && line[at + 1] == U'.');
}

}  // namespace

std::vector<TextEdit> punctuation_edits(std::u32string_view line) {
  std::vector<TextEdit> edits;
  for (auto from = line.find_first_of(kNarrow); from < line.size();
       from = line.find_first_of(kNarrow, from)) {
    const auto end = end_of_run(line, from, kNarrow);
    const bool after_cjk = from > 0 && is_cjk(line[from - 1]);
    const bool before_cjk = end < line.size() && is_cjk(line[end]);
    for (auto at = from; at < end && (after_cjk || before_cjk); ++at) {
      if (is_point_of_ellipsis(line, at) || (line[at] == U'.' && !after_cjk)) continue;
      const bool space = at + 1 < line.size() && line[at + 1] == U' ';
      edits.push_back({at, space ? 2U : 1U, std::u32string(1, kFull[kNarrow.find(line[at])])});
    }
    from = end;
  }
  return edits;
}

std::vector<TextEdit> ellipsis_edits(std::u32string_view line) {
  std::vector<TextEdit> edits;
  if (std::ranges::none_of(line, is_han)) return edits;
  constexpr std::u32string_view kStarts = U".。…⋯";
  constexpr std::u32string_view kDots = U"…⋯";
  for (auto from = line.find_first_of(kStarts); from < line.size();
       from = line.find_first_of(kStarts, from)) {
    const bool dots = kDots.find(line[from]) != std::u32string_view::npos;
    const auto end = end_of_run(line, from, dots ? kDots : line.substr(from, 1));
    const auto run = line.substr(from, end - from);
    const bool pairs = run.size() % 2 == 0 && run.find(U'⋯') == std::u32string_view::npos;
    const bool good = dots ? pairs : run.size() < (line[from] == U'.' ? 2U : 3U);
    const bool range = from > 0 && is_digit(line[from - 1]) && end < line.size() && is_digit(line[end]);
    if (!good && !range) edits.push_back({from, end - from, U"……"});
    from = end;
  }
  return edits;
}

}  // namespace tongxing::accessibility
