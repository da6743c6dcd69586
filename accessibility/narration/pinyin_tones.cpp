// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/narration/pinyin_token.hpp"

namespace tongxing::accessibility {

namespace {

constexpr std::u32string_view kDigits = U"零〇一二三四五六七八九十百千万亿";
constexpr std::u32string_view kPlaces = U"百千万亿";
/// After these, and before those, 一 counts a place in a row and keeps its tone.
constexpr std::u32string_view kOrdinalBefore = U"第初周期卷";
constexpr std::u32string_view kOrdinalAfter = U"月日号楼班级期路";

/// yi2 before the fourth tone, yi4 before the first three, yi1 before a pause and before particles.
std::string_view before_tone(int tone) {
  if (tone == 4) return "yi2";
  return tone == 0 || tone == 5 ? "yi1" : "yi4";
}

class ToneChanges {
 public:
  explicit ToneChanges(std::span<PinyinToken> tokens) : tokens_(tokens) {}

  void run() {
    // From the end, so that 不 before 一 sees the tone that 一 has in speech.
    for (std::size_t i = tokens_.size(); i-- > 0;) {
      PinyinToken& token = tokens_[i];
      if (token.code == U'一') change_one(token, i);
      if (token.code == U'不' && (token.alone || ends_word(i))) {
        token.syllable = doubled_around(i) ? "bu5" : tone(i + 1) == 4 ? "bu2" : "bu4";
      }
    }
  }

 private:
  void change_one(PinyinToken& token, std::size_t i) const {
    if (token.kind == SegmentKind::number) {
      token.syllable = in_numeral(i);
    } else if (token.kind == SegmentKind::words && token.alone) {
      token.syllable = in_words(i);
    }
  }

  [[nodiscard]] std::string_view in_numeral(std::size_t i) const {
    const bool first = i == 0 || tokens_[i - 1].segment != tokens_[i].segment;
    const bool last = i + 1 == tokens_.size() || tokens_[i + 1].segment != tokens_[i].segment;
    if (!last && kPlaces.contains(code(i + 1)) && (first || tokens_[i - 1].code != U'十'))
      return before_tone(tone(i + 1));
    if (!first || !last) return "yi1";
    // A scale may follow in words of their own: 1万.
    return kOrdinalAfter.contains(code(i + 1)) || kOrdinalBefore.contains(before(i)) || fraction_word(i)
               ? "yi1"
               : before_tone(tone(i + 1));
  }

  /// 一 before 比, 分之, 点, 加 …: a number by itself.
  [[nodiscard]] bool fraction_word(std::size_t i) const {
    const char32_t next = code(i + 1);
    if (next == U'分') return code(i + 2) == U'之';
    return before(i) == U'之' || std::u32string_view(U"比到加减乘除等").contains(next);
  }

  [[nodiscard]] std::string_view in_words(std::size_t i) const {
    if (doubled_around(i)) return "yi5";
    const char32_t next = code(i + 1);
    const char32_t last = before(i);
    if (kOrdinalBefore.contains(last)) return "yi1";
    if (kDigits.contains(last))
      return kPlaces.contains(next) && last != U'十' ? before_tone(tone(i + 1)) : "yi1";
    if (kPlaces.contains(next)) return before_tone(tone(i + 1));
    if (kDigits.contains(next)) return "yi1";
    return before_tone(tone(i + 1));
  }

  /// 看一看, 好不好: the middle of a doubled word.
  [[nodiscard]] bool doubled_around(std::size_t i) const {
    return i > 0 && tokens_[i].code == U'一' && before(i) == code(i + 1) && !kDigits.contains(before(i));
  }

  /// 要不 + what follows.
  [[nodiscard]] bool ends_word(std::size_t i) const {
    return i + 1 < tokens_.size() && tokens_[i + 1].alone && tokens_[i].syllable == "bu4";
  }

  [[nodiscard]] char32_t code(std::size_t i) const { return i < tokens_.size() ? tokens_[i].code : U'\0'; }
  [[nodiscard]] char32_t before(std::size_t i) const { return i > 0 ? tokens_[i - 1].code : U'\0'; }
  [[nodiscard]] int tone(std::size_t i) const { return i < tokens_.size() ? tokens_[i].tone() : 0; }

  std::span<PinyinToken> tokens_;
};

}  // namespace

void apply_tone_changes(std::span<PinyinToken> tokens) {
  ToneChanges(tokens).run();
}

}  // namespace tongxing::accessibility
