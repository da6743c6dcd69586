// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/narration/segment.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

/// One Mandarin character on its way to its syllable. Shared by the passes of pinyin.cpp.
namespace tongxing::accessibility {

struct PinyinToken {
  char32_t code = 0;
  SegmentKind kind = SegmentKind::words;  ///< of the segment that it belongs to
  std::size_t segment = 0;
  bool alone = false;  ///< a word of one character: its neighbours may decide
  std::string syllable;

  [[nodiscard]] int tone() const { return syllable.empty() ? 0 : syllable.back() - '0'; }
};

/// The reading of a character that stands alone, if its neighbours decide it; empty otherwise. `before` and
/// `after` are the code points around it within the same stretch of speech, nearest first in `after`, last in
/// `before`.
[[nodiscard]] std::string_view reading_in_context(char32_t code, std::u32string_view before,
                                                  std::u32string_view after);

/// Gives 一 and 不 the tones they have in speech. All tokens of one stretch without a pause.
void apply_tone_changes(std::span<PinyinToken> tokens);

}  // namespace tongxing::accessibility
