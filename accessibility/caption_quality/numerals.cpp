// SPDX-License-Identifier: GPL-3.0-or-later
// C23: measures are easier to take in as digits.
#include "accessibility/caption_quality/letters.hpp"
#include "accessibility/caption_quality/parts.hpp"
#include "accessibility/caption_quality/units.hpp"

#include <algorithm>

namespace tongxing::accessibility {
namespace {

constexpr std::u32string_view kCounted = U"一二两兩三四五六七八九十半";

/// Whether a run of numerals before a unit is a measure: "三十克", not "3万元", "千米", "一度" or "第一米".
bool is_measure(std::u32string_view before, std::u32string_view run, std::u32string_view unit) {
  if (std::ranges::none_of(run, [](char32_t c) { return kCounted.find(c) != std::u32string_view::npos; })) {
    return false;
  }
  if (!before.empty() && (is_digit(before.back()) || before.back() == U'第' || before.back() == U'.'))
    return false;
  return unit.size() > 1 || run != U"一";
}

}  // namespace

void check_numerals(const PreparedCue& cue, Reporter& report) {
  if (!report.wants(FindingKind::numeral_with_unit)) return;
  for (const std::u32string_view line : cue.lines) {
    for (auto from = line.find_first_of(kChineseNumerals); from < line.size();
         from = line.find_first_of(kChineseNumerals, from)) {
      auto end = std::min(line.find_first_not_of(kChineseNumerals, from), line.size());
      auto unit = unit_at_front(line.substr(end));
      // 千米, 千克, 千瓦: the numeral may belong to the unit.
      if (end > from + 1 && line[end - 1] == U'千') {
        const auto longer = unit_at_front(line.substr(end - 1));
        if (!longer.empty()) unit = line.substr(end, longer.size() - 1);
      }
      const auto run = line.substr(from, end - from);
      if (!unit.empty() && is_measure(line.substr(0, from), run, unit)) {
        report.flag(FindingKind::numeral_with_unit, &cue, 1, 0, to_utf8(run) + to_utf8(unit));
      }
      from = end;
    }
  }
}

}  // namespace tongxing::accessibility
