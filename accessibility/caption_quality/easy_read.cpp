// SPDX-License-Identifier: GPL-3.0-or-later
// C29: easy-read captions are short sentences in plain words.
#include "accessibility/caption_quality/idioms.hpp"
#include "accessibility/caption_quality/letters.hpp"
#include "accessibility/caption_quality/parts.hpp"

#include <algorithm>

namespace tongxing::accessibility {
namespace {

constexpr std::u32string_view kEnds = U"。！？；…⋯!?;";

/// Commas; a space between Chinese characters stands for one in captions. 、 only lists things.
std::int64_t commas_in(std::u32string_view sentence) {
  std::int64_t count = 0;
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    const bool inside = i > 0 && i + 1 < sentence.size();
    const bool space = inside && is_space(sentence[i]) && is_han(sentence[i - 1]) && is_han(sentence[i + 1]);
    const bool narrow =
        inside && sentence[i] == U',' && !(is_digit(sentence[i - 1]) && is_digit(sentence[i + 1]));
    if (sentence[i] == U'，' || narrow || space) ++count;
  }
  return count;
}

/// Characters as §3.1 counts them, without the mark that ends the sentence.
std::int64_t length_of(std::u32string_view sentence) {
  std::int64_t halves = 0;
  for (const char32_t code : sentence) halves += half_width(code);
  return (halves + 1) / 2;
}

}  // namespace

void check_easy_read(const PreparedCue& cue, Reporter& report) {
  if (!report.wants(FindingKind::sentence_too_long)) return;
  const auto text = spoken_text(cue);
  for (std::u32string_view rest = text; !rest.empty();) {
    const auto end = std::min(rest.find_first_of(kEnds), rest.size());
    const auto sentence = rest.substr(0, end);
    report.measure(FindingKind::sentence_too_long, &cue, length_of(sentence), beginning_of(sentence));
    report.measure(FindingKind::comma_chain, &cue, commas_in(sentence), beginning_of(sentence));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (const auto idiom = idiom_in(text); !idiom.empty()) {
    report.flag(FindingKind::idiom, &cue, 1, 0, to_utf8(idiom));
  }
}

}  // namespace tongxing::accessibility
