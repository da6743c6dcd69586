// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/narration/normalise.hpp"
#include "accessibility/narration/reading_table.hpp"

#include <cstdint>
#include <string>
#include <vector>

/// A text as a row of utterances for a phoneme synthesizer that has one voice a language.
namespace tongxing::accessibility {

enum class UtteranceVoice : std::uint8_t {
  pinyin,      ///< Mandarin from numeric pinyin: "yin2 hang2"
  characters,  ///< Cantonese from Chinese characters
  jyutping,    ///< Cantonese from an author's reading
  english,     ///< words
};

enum class PauseAfter : std::uint8_t { none, word, clause, sentence };

struct Utterance {
  UtteranceVoice voice{};
  std::string text;  ///< may hold commas and full stops as pauses
  PauseAfter pause = PauseAfter::none;
  bool operator==(const Utterance&) const = default;
};

/// Everything known about how a text is said.
struct Narration {
  std::vector<Segment> segments;
  std::vector<std::vector<std::string>> pinyin;  ///< for each segment; empty for all but Mandarin
  std::vector<FoundInText> findings;
};

[[nodiscard]] Narration narrate(std::string_view text, SpokenLanguage language, const ReadingTable& table);
/// In the order they are spoken; neighbours of one voice are one utterance.
[[nodiscard]] std::vector<Utterance> utterances(const Narration& narration);

/// What the speaking rate counts: syllables of Chinese; words and spelled letters of English.
struct SpokenUnits {
  std::size_t characters = 0;
  std::size_t words = 0;
};
[[nodiscard]] SpokenUnits spoken_units(const Narration& narration);

}  // namespace tongxing::accessibility
