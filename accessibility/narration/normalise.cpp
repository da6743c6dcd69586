// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/narration/normalise.hpp"

#include "accessibility/narration/author_reading.hpp"
#include "accessibility/narration/english_rules.hpp"
#include "accessibility/narration/han_rules.hpp"
#include "accessibility/narration/latin_words.hpp"
#include "accessibility/narration/segment_list.hpp"
#include "accessibility/narration/source_text.hpp"
#include "accessibility/text/language_tag.hpp"

#include <utility>

namespace tongxing::accessibility {

namespace {

constexpr std::u32string_view kLongPauses = U"。！？；!?;\n";
constexpr std::u32string_view kShortPauses = U"，、：:,()[]（）「」『』《》〈〉“”\"【】〔〕|·•\\/~";
constexpr std::u32string_view kCurrency = U"¥$€£HU";

bool number_may_begin(char32_t c) {
  return is_digit(c) || c == U'-' || kCurrency.contains(c);
}

/// Any sign of a script that is read as it stands.
bool is_letter(char32_t c) {
  return is_han(c) || (c >= 0x3040 && c <= 0x30FF) || (c >= 0x0370 && c <= 0x1FFF) ||
         (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0x3100 && c <= 0x312F) || c == U'々';
}

Matched chinese_rule(const SourceText& text, std::size_t at, SpokenLanguage language) {
  const char32_t code = text.at(at);
  if (auto match = match_address(text, at, language)) return match;
  if (number_may_begin(code)) {
    if (auto match = match_han_date(text, at)) return match;
    if (auto match = match_han_time(text, at)) return match;
    if (auto match = match_han_code(text, at, language)) return match;
    if (auto match = match_han_money(text, at)) return match;
    if (auto match = match_han_fraction(text, at)) return match;
    if (auto match = match_han_quantity(text, at)) return match;
  }
  if (auto match = match_roman(text, at)) return match;
  if (auto match = match_latin(text, at)) return match;
  return match_han_symbol(text, at);
}

/// "a" and "I" are words in English text; alone, other letters are spelled.
Matched english_word(const SourceText& text, std::size_t at) {
  auto match = match_latin(text, at);
  if (!match || match->end != at + 1 || is_digit(text.at(match->end))) return match;
  const char32_t code = text.at(at);
  if (code == U'a' || code == U'A' || code == U'I')
    match->parts.front() = {code == U'I' ? "I" : "a", SegmentKind::words, Voice::own};
  return match;
}

Matched english_rule(const SourceText& text, std::size_t at) {
  const char32_t code = text.at(at);
  if (auto match = match_address(text, at, SpokenLanguage::english)) return match;
  if (number_may_begin(code)) {
    if (auto match = match_english_date(text, at)) return match;
    if (auto match = match_english_time(text, at)) return match;
    if (auto match = match_english_code(text, at)) return match;
    if (auto match = match_english_money(text, at)) return match;
    if (auto match = match_english_fraction(text, at)) return match;
    if (auto match = match_english_quantity(text, at)) return match;
  }
  if (auto match = match_abbreviation(text, at)) return match;
  if (auto match = match_english_roman(text, at)) return match;
  if (auto match = english_word(text, at)) return match;
  return match_english_symbol(text, at);
}

class Walk {
 public:
  Walk(std::string_view text, SpokenLanguage language)
      : text_(text), language_(language), segments_(text_, language) {}

  NormalisedText run() {
    for (std::size_t at = 0; at < text_.size();) at = step(at);
    result_.segments = segments_.take();
    return std::move(result_);
  }

 private:
  std::size_t step(std::size_t at) {
    const char32_t code = text_.at(at);
    if (code == U'{' || code == U'}') return brace(at);
    auto match =
        language_ == SpokenLanguage::english ? english_rule(text_, at) : chinese_rule(text_, at, language_);
    if (match && match->end > at) {
      segments_.add(at, *match);
      return match->end;
    }
    other(at, code);
    return at + 1;
  }

  std::size_t brace(std::size_t at) {
    if (text_.at(at) == U'{') {
      const auto reading = author_reading(text_, at, segments_.han_before(at), language_);
      if (reading) {
        segments_.add_reading(at, *reading);
        return reading->end;
      }
      result_.findings.push_back({reading.error(), text_.offset(at)});
    }
    segments_.pause(SegmentKind::short_pause);
    return at + 1;
  }

  /// A full stop ends a sentence only where no letter or digit follows it.
  [[nodiscard]] bool full_stop(std::size_t at) const {
    const char32_t next = text_.at(at + 1);
    return text_.at(at) == U'.' && !is_latin(next) && !is_digit(next);
  }

  void other(std::size_t at, char32_t code) {
    const char32_t next = text_.at(at + 1);
    if (is_letter(code)) {
      segments_.keep(at);
    } else if (kLongPauses.contains(code) || full_stop(at)) {
      segments_.pause(SegmentKind::long_pause);
    } else if (kShortPauses.contains(code) || (code == U'-' && !is_digit(next) && !is_latin(next))) {
      segments_.pause(SegmentKind::short_pause);
    } else if (code != U' ') {
      segments_.flush();
    }
  }

  SourceText text_;
  SpokenLanguage language_;
  SegmentList segments_;
  NormalisedText result_;
};

}  // namespace

std::optional<SpokenLanguage> spoken_language(std::string_view tag) {
  const auto parsed = parse_language_tag(tag);
  if (!parsed) return std::nullopt;
  if (parsed->language == "en") return SpokenLanguage::english;
  if (parsed->language == "yue") return SpokenLanguage::cantonese;
  if (parsed->language == "cmn") return SpokenLanguage::mandarin;
  if (parsed->language != "zh") return std::nullopt;
  const bool south = parsed->region == "HK" || parsed->region == "MO" || parsed->text.contains("-yue");
  return south ? SpokenLanguage::cantonese : SpokenLanguage::mandarin;
}

std::string_view language_code(SpokenLanguage language) {
  switch (language) {
    case SpokenLanguage::mandarin:
      return "cmn";
    case SpokenLanguage::cantonese:
      return "yue";
    case SpokenLanguage::english:
      return "en";
  }
  return "en";
}

NormalisedText normalise(std::string_view text, SpokenLanguage language) {
  return Walk(text, language).run();
}

}  // namespace tongxing::accessibility
