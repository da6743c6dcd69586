// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/narration/reading_table.hpp"
#include "accessibility/narration/segment.hpp"

#include <span>
#include <string>
#include <vector>

/// Mandarin segments to syllables. Words are cut where their probabilities say, characters with several
/// readings are read by the word they stand in, else by their neighbours; 一 and 不 get their tones by what
/// follows. Two third tones in a row stay: the voice joins them.
namespace tongxing::accessibility {

/// For each segment its syllables in numeric pinyin ("yin2", v for ü, 5 for the neutral tone), one a
/// character; none for pauses and for other languages. A character without a known reading gives "".
[[nodiscard]] std::vector<std::vector<std::string>> pinyin(std::span<const Segment> segments,
                                                           const ReadingTable& table);

}  // namespace tongxing::accessibility
