// SPDX-License-Identifier: GPL-3.0-or-later
// C20, C21: whether the text is in the language that its label says.
#include "accessibility/caption_quality/language.hpp"
#include "accessibility/caption_quality/letters.hpp"
#include "accessibility/caption_quality/parts.hpp"
#include "accessibility/caption_quality/script_tables.hpp"

#include <array>

namespace tongxing::accessibility {
namespace {

constexpr std::size_t kMostSamples = 10;

void check_characters(const PreparedTrack& track, ChineseScript script, Reporter& report) {
  const auto is_other = script == ChineseScript::simplified ? is_traditional_only : is_simplified_only;
  std::int64_t all = 0;
  std::int64_t other = 0;
  const PreparedCue* first = nullptr;
  std::u32string samples;
  for (const auto& cue : track.cues) {
    for (const auto& line : cue.lines) {
      for (const char32_t code : line) {
        if (!is_han(code)) continue;
        ++all;
        if (!is_other(code)) continue;
        ++other;
        if (first == nullptr) first = &cue;
        const bool fresh = samples.find(code) == std::u32string::npos;
        if (fresh && samples.size() < kMostSamples) samples += code;
      }
    }
  }
  // Rounded up, so that "just above" is above.
  if (other > 0)
    report.measure(FindingKind::wrong_script, first, (other * 1000 + all - 1) / all, to_utf8(samples));
}

/// Words that Mandarin does not write. Left out are those that also come about between two words of Mandarin
/// (而家 in 而家长, 点解 in 重点解决).
constexpr auto kWords = std::to_array<std::u32string_view>(
    {U"嘅",   U"喺",   U"咁",   U"冇",     U"啲",   U"佢",   U"哋",     U"咗",   U"嗰",   U"嘢",
     U"噉",   U"嚟",   U"搵",   U"揾",     U"攞",   U"瞓",   U"睇",     U"谂",   U"諗",   U"嘥",
     U"啱",   U"攰",   U"嬲",   U"冚唪唥", U"倾偈", U"琴日", U"系咪",   U"做咩", U"咩嘢", U"咩事",
     U"乜嘢", U"乜都", U"唔好", U"唔知",   U"唔使", U"唔系", U"唔係",   U"唔该", U"唔会", U"唔识",
     U"唔要", U"唔可", U"唔见", U"唔得",   U"唔同", U"唔想", U"唔记得", U"唔够"});

std::string cantonese_in(const PreparedCue& cue) {
  constexpr std::size_t kMostWords = 4;
  const auto text = spoken_text(cue);
  std::u32string found;
  std::size_t count = 0;
  for (const auto word : kWords) {
    if (text.find(word) == std::u32string::npos) continue;
    if (!found.empty()) found += U'、';
    found += word;
    if (++count == kMostWords) break;
  }
  return to_utf8(found);
}

}  // namespace

void check_script(const PreparedTrack& track, const CaptionContext& context, Reporter& report) {
  if (report.group() != LanguageGroup::chinese) return;
  const auto script = script_of_tag(context.language);
  if (script != ChineseScript::unknown) check_characters(track, script, report);
  if (!mandarin_in_simplified(context)) return;
  for (const auto& cue : track.cues) {
    if (auto words = cantonese_in(cue); !words.empty()) {
      report.flag(FindingKind::cantonese_words, &cue, 1, 0, std::move(words));
    }
  }
}

}  // namespace tongxing::accessibility
