// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/narration/pinyin.hpp"

#include "accessibility/narration/pinyin_token.hpp"
#include "accessibility/text/utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string_view>

namespace tongxing::accessibility {

namespace {

constexpr std::size_t kContext = 4;

/// Cuts a stretch of characters into its most probable words and reads them.
class Cutter {
 public:
  Cutter(const ReadingTable& table, std::span<PinyinToken> tokens) : table_(table), tokens_(tokens) {}

  void run() {
    ids_.reserve(tokens_.size());
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= tokens_.size(); ++i) {
      const auto id = i < tokens_.size() ? table_.character(tokens_[i].code) : std::nullopt;
      if (id) {
        ids_.push_back(*id);
        continue;
      }
      cut(tokens_.subspan(begin, ids_.size()));
      ids_.clear();
      begin = i + 1;
    }
  }

 private:
  struct Step {
    std::int64_t cost = std::numeric_limits<std::int64_t>::max();
    ReadingTable::Word word;
  };

  void cut(std::span<PinyinToken> part) {
    std::vector<Step> best(part.size() + 1);
    best[0].cost = 0;
    std::vector<ReadingTable::Word> words;
    for (std::size_t begin = 0; begin < part.size(); ++begin) {
      if (best[begin].cost == std::numeric_limits<std::int64_t>::max()) continue;
      table_.words_at(std::span(ids_).subspan(begin), words);
      for (const auto& word : words) {
        Step& there = best[begin + word.length];
        const std::int64_t cost = best[begin].cost + word.cost;
        if (cost < there.cost) there = {cost, word};
      }
    }
    for (std::size_t end = part.size(); end > 0;) {
      const auto& word = best[end].word;
      if (word.length == 0) break;
      end -= word.length;
      for (std::size_t k = 0; k < word.length; ++k) {
        part[end + k].syllable = table_.syllable(word, k);
        part[end + k].alone = word.length == 1;
      }
    }
  }

  const ReadingTable& table_;
  std::span<PinyinToken> tokens_;
  std::vector<std::uint16_t> ids_;
};

void add_reading(std::vector<PinyinToken>& tokens, const Segment& segment, std::size_t index) {
  const auto codes = decode(segment.written);
  std::size_t place = 0;
  for (std::size_t begin = 0; begin < segment.spoken.size();) {
    const std::size_t end = std::min(segment.spoken.find(' ', begin), segment.spoken.size());
    const char32_t code = place < codes.size() ? codes[place++] : U'\0';
    tokens.push_back({code, segment.kind, index, false, segment.spoken.substr(begin, end - begin)});
    begin = end + 1;
  }
}

/// The readings of numerals need no words around them: each character for itself.
void read_numeral(const ReadingTable& table, std::span<PinyinToken> tokens) {
  for (PinyinToken& token : tokens) {
    Cutter(table, std::span(&token, 1)).run();
    token.alone = false;
  }
}

/// 数了数, 量一量: the second is read as the first.
bool repeats(std::span<const PinyinToken> tokens, std::size_t i) {
  if (i < 2 || tokens[i].code != tokens[i - 2].code) return false;
  return tokens[i].kind == SegmentKind::words && (tokens[i - 1].code == U'了' || tokens[i - 1].code == U'一');
}

void read_stretch(const ReadingTable& table, std::span<PinyinToken> tokens) {
  for (std::size_t begin = 0; begin < tokens.size();) {
    std::size_t end = begin;
    while (end < tokens.size() && tokens[end].kind == tokens[begin].kind) ++end;
    const auto part = tokens.subspan(begin, end - begin);
    if (part.front().kind == SegmentKind::words) Cutter(table, part).run();
    if (part.front().kind == SegmentKind::number || part.front().kind == SegmentKind::digits)
      read_numeral(table, part);
    begin = end;
  }
  std::u32string codes;
  for (const PinyinToken& token : tokens) codes.push_back(token.code);
  const std::u32string_view all = codes;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (repeats(tokens, i)) tokens[i].syllable = tokens[i - 2].syllable;
    if (repeats(tokens, i) || !tokens[i].alone) continue;
    const std::size_t from = i > kContext ? i - kContext : 0;
    const auto reading =
        reading_in_context(tokens[i].code, all.substr(from, i - from), all.substr(i + 1, kContext));
    if (!reading.empty()) tokens[i].syllable = reading;
  }
  apply_tone_changes(tokens);
}

bool mandarin_speech(const Segment& segment) {
  return segment.language == "cmn" && segment.kind != SegmentKind::short_pause &&
         segment.kind != SegmentKind::long_pause;
}

}  // namespace

std::vector<std::vector<std::string>> pinyin(std::span<const Segment> segments, const ReadingTable& table) {
  std::vector<std::vector<std::string>> result(segments.size());
  std::vector<PinyinToken> tokens;
  for (std::size_t i = 0; i <= segments.size(); ++i) {
    if (i == segments.size() || !mandarin_speech(segments[i])) {
      read_stretch(table, tokens);
      for (PinyinToken& token : tokens) result[token.segment].push_back(std::move(token.syllable));
      tokens.clear();
    } else if (segments[i].kind == SegmentKind::reading) {
      add_reading(tokens, segments[i], i);
    } else {
      for (const char32_t code : decode(segments[i].spoken))
        tokens.push_back({code, segments[i].kind, i, false, {}});
    }
  }
  return result;
}

}  // namespace tongxing::accessibility
