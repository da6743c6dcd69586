// SPDX-License-Identifier: GPL-3.0-or-later
// C17–C19: how Chinese is set.
#include "accessibility/caption_quality/marks.hpp"
#include "accessibility/caption_quality/parts.hpp"

#include <algorithm>

namespace tongxing::accessibility {
namespace {

bool has_italics(const std::vector<Node>& nodes) {
  return std::ranges::any_of(nodes, [](const Node& node) {
    return (node.kind == NodeKind::italic && !plain_text(node.children).empty()) ||
           has_italics(node.children);
  });
}

void tell(FindingKind kind, const PreparedCue& cue, std::vector<TextEdit> (*edits_of)(std::u32string_view),
          Reporter& report) {
  std::int64_t count = 0;
  std::u32string found;
  for (const auto& line : cue.lines) {
    for (const auto& edit : edits_of(line)) {
      ++count;
      if (found.size() < 8) found += std::u32string_view{line}.substr(edit.at, edit.length);
    }
  }
  std::erase(found, U' ');
  if (count > 0) report.flag(kind, &cue, count, 0, to_utf8(found));
}

}  // namespace

void check_chinese_writing(const PreparedCue& cue, Reporter& report) {
  if (!report.wants(FindingKind::ascii_punctuation)) return;
  tell(FindingKind::ascii_punctuation, cue, punctuation_edits, report);
  tell(FindingKind::ellipsis_style, cue, ellipsis_edits, report);
  if (has_italics(cue.nodes)) report.flag(FindingKind::italics, &cue, 1, 0);
}

}  // namespace tongxing::accessibility
