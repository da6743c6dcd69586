// SPDX-License-Identifier: GPL-3.0-or-later
// C15, C16: what a person who does not hear would miss.
#include "accessibility/caption_quality/letters.hpp"
#include "accessibility/caption_quality/parts.hpp"

#include <algorithm>
#include <array>

namespace tongxing::accessibility {
namespace {

/// Words before a colon that begin a list, not a speech.
constexpr auto kNoNames = std::to_array<std::u32string_view>(
    {U"时间", U"時間", U"地点", U"地點", U"材料", U"工具", U"步骤", U"步驟", U"注意",
     U"方法", U"例如", U"比如", U"目标", U"目標", U"要求", U"电话", U"電話", U"地址",
     U"价格", U"價格", U"答案", U"题目", U"題目", U"第一", U"第二", U"第三", U"原因",
     U"结果", U"結果", U"优点", U"優點", U"缺点", U"缺點", U"Step", U"Note", U"Tip"});

constexpr std::u32string_view kDashes = U"－-–";

bool starts_with_dash(std::u32string_view line) {
  const auto first = line.find_first_not_of(U" \u3000");
  return first != std::u32string_view::npos && kDashes.find(line[first]) != std::u32string_view::npos;
}

/// "王老师：" or "Anna:" at the front of a line; empty: none.
std::u32string_view named_speaker(std::u32string_view line) {
  constexpr std::size_t kLongestName = 16;
  const auto colon = line.substr(0, kLongestName).find_first_of(U"：:");
  if (colon == std::u32string_view::npos || colon == 0) return {};
  const auto name = line.substr(0, colon);
  const bool letters = std::ranges::all_of(
      name, [](char32_t c) { return is_han(c) || is_latin(c) || c == U' ' || c == U'·'; });
  const bool listed = std::ranges::find(kNoNames, name) != kNoNames.end();
  return letters && !listed ? name : std::u32string_view{};
}

/// A dash straight after the end of a sentence, inside a line: the other one answers.
bool answers_inside(std::u32string_view line) {
  for (std::size_t i = 1; i + 1 < line.size(); ++i) {
    const bool after_end = std::u32string_view{U"。？！?!"}.find(line[i - 1]) != std::u32string_view::npos;
    const bool dash = line[i] == U'－' || line[i] == U'-';
    if (after_end && dash && kDashes.find(line[i + 1]) == std::u32string_view::npos) return true;
  }
  return false;
}

std::size_t voices_in(const std::vector<Node>& nodes) {
  std::size_t count = 0;
  for (const auto& node : nodes) count += (node.kind == NodeKind::voice ? 1U : 0U) + voices_in(node.children);
  return count;
}

/// The line at which another person speaks without a mark; nullptr: none is seen.
const std::u32string* unmarked_change(const PreparedCue& cue) {
  if (voices_in(cue.nodes) > 1) return nullptr;
  const auto dashed = std::ranges::count_if(cue.lines, starts_with_dash);
  std::u32string_view first_name;
  for (const auto& line : cue.lines) {
    if (answers_inside(line) || line.find(U">>", 1) != std::u32string::npos) return &line;
    if (&line != &cue.lines.front() && line.starts_with(U">>")) return &line;
    const auto name = named_speaker(line);
    if (dashed == 0 && !name.empty() && !first_name.empty() && name != first_name) return &line;
    if (first_name.empty()) first_name = name;
  }
  // With a dash before one of two lines, the other one's speaker is not marked.
  if (dashed != 1 || cue.lines.size() < 2) return nullptr;
  const auto marked = std::ranges::find_if(cue.lines, starts_with_dash);
  return marked == cue.lines.begin() ? nullptr : &*marked;
}

}  // namespace

void check_sounds_and_speakers(const PreparedTrack& track, const CaptionContext& context, Reporter& report) {
  bool labelled = false;
  Milliseconds end{0};
  for (const auto& cue : track.cues) {
    labelled = labelled || cue.has_label;
    end = std::max(end, cue.cue->end);
    if (const auto* line = unmarked_change(cue)) {
      report.flag(FindingKind::speaker_unmarked, &cue, 1, 0, beginning_of(*line));
    }
  }
  const auto length = context.media_duration.value_or(end);
  if (!labelled) report.measure(FindingKind::no_sound_label, nullptr, length.count());
}

}  // namespace tongxing::accessibility
