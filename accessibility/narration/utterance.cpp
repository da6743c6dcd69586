// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/narration/utterance.hpp"

#include "accessibility/narration/pinyin.hpp"
#include "accessibility/narration/source_text.hpp"
#include "accessibility/text/utf8.hpp"

#include <algorithm>
#include <utility>

namespace tongxing::accessibility {

namespace {

UtteranceVoice voice_of(const Segment& segment) {
  if (segment.language == "en") return UtteranceVoice::english;
  if (segment.language == "cmn") return UtteranceVoice::pinyin;
  return segment.kind == SegmentKind::reading ? UtteranceVoice::jyutping : UtteranceVoice::characters;
}

std::string join(const std::vector<std::string>& syllables) {
  std::string text;
  for (const std::string& syllable : syllables) {
    if (syllable.empty()) continue;
    if (!text.empty()) text += ' ';
    text += syllable;
  }
  return text;
}

/// Letters apart from each other, so that a voice spells them.
std::string text_of(const Segment& segment, const std::vector<std::string>& syllables) {
  return voice_of(segment) == UtteranceVoice::pinyin ? join(syllables) : segment.spoken;
}

std::size_t han_count(std::string_view text) {
  const auto codes = decode(text);
  return static_cast<std::size_t>(std::ranges::count_if(codes, is_han));
}

std::size_t word_count(std::string_view text) {
  return text.empty() ? 0 : static_cast<std::size_t>(std::ranges::count(text, ' ')) + 1;
}

class Rows {
 public:
  void say(UtteranceVoice voice, std::string text) {
    if (text.empty()) return;
    if (!rows_.empty() && rows_.back().voice == voice && rows_.back().pause <= PauseAfter::word) {
      const bool apart = voice != UtteranceVoice::characters;
      rows_.back().text += (apart ? " " : "") + text;
      return;
    }
    // A change of voice is a small break of its own.
    if (!rows_.empty()) rows_.back().pause = std::max(rows_.back().pause, PauseAfter::word);
    rows_.push_back({voice, std::move(text), PauseAfter::none});
  }

  void pause(PauseAfter pause) {
    if (!rows_.empty()) rows_.back().pause = std::max(rows_.back().pause, pause);
  }

  std::vector<Utterance> take() { return std::move(rows_); }

 private:
  std::vector<Utterance> rows_;
};

}  // namespace

Narration narrate(std::string_view text, SpokenLanguage language, const ReadingTable& table) {
  NormalisedText normalised = normalise(text, language);
  auto syllables = pinyin(normalised.segments, table);
  return {std::move(normalised.segments), std::move(syllables), std::move(normalised.findings)};
}

std::vector<Utterance> utterances(const Narration& narration) {
  Rows rows;
  for (std::size_t i = 0; i < narration.segments.size(); ++i) {
    const Segment& segment = narration.segments[i];
    if (segment.kind == SegmentKind::short_pause)
      rows.pause(PauseAfter::clause);
    else if (segment.kind == SegmentKind::long_pause)
      rows.pause(PauseAfter::sentence);
    else
      rows.say(voice_of(segment), text_of(segment, narration.pinyin[i]));
  }
  return rows.take();
}

SpokenUnits spoken_units(const Narration& narration) {
  SpokenUnits units;
  for (std::size_t i = 0; i < narration.segments.size(); ++i) {
    const Segment& segment = narration.segments[i];
    if (segment.language == "cmn")
      units.characters += narration.pinyin[i].size();
    else if (segment.language == "en")
      units.words += word_count(segment.spoken);
    else
      units.characters +=
          segment.kind == SegmentKind::reading ? word_count(segment.spoken) : han_count(segment.spoken);
  }
  return units;
}

}  // namespace tongxing::accessibility
