// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/transcript/transcript.hpp"

#include "accessibility/captions/cue_text.hpp"
#include "accessibility/text/utf8.hpp"
#include "accessibility/text/width.hpp"

#include <algorithm>
#include <string_view>

namespace tongxing::accessibility {
namespace {

constexpr Milliseconds kSilence{2000};
constexpr std::size_t kLongHalves =
    240;  // 120 Chinese characters: then the next end of a sentence ends the paragraph

char32_t last_code(std::string_view text) {
  std::size_t at = text.size();
  while (at > 0 && (static_cast<unsigned char>(text[at - 1]) & 0xC0U) == 0x80U) --at;
  return at == 0 ? 0 : decode_front(text.substr(at - 1)).code;
}

char32_t first_code(std::string_view text) {
  return decode_front(text).code;
}

void join(std::string& out, std::string_view more) {
  if (more.empty()) return;
  const bool wide = !out.empty() && half_width(last_code(out)) == 2 && half_width(first_code(more)) == 2;
  if (!out.empty() && !wide) out += ' ';
  out += more;
}

/// A cue without punctuation at its end stops there to breathe: as Chinese captions are written, a space says
/// so.
void join_cue(std::string& out, std::string_view more) {
  constexpr std::u32string_view kPauses = U"，。、；：！？…⋯—～·,.;:!?）」』”’》】］)]";
  if (half_width(last_code(out)) == 2 && kPauses.find(last_code(out)) == std::u32string_view::npos)
    out += ' ';
  if (out.ends_with(' ')) {
    out += more;
  } else {
    join(out, more);
  }
}

/// Lines and runs of white space become what stands between words in that script.
std::string one_line(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto first = std::min(text.find_first_not_of(" \t\n"), text.size());
    text.remove_prefix(first);
    const auto end = std::min(text.find_first_of(" \t\n"), text.size());
    join(out, text.substr(0, end));
    text.remove_prefix(end);
  }
  return out;
}

bool ends_sentence(std::string_view text) {
  constexpr std::u32string_view kEnds = U"。！？!?.…⋯」』”";
  return kEnds.find(last_code(text)) != std::u32string_view::npos;
}

/// A cue that holds nothing but the name of a sound.
bool is_sound(std::string_view text) {
  const auto first = first_code(text);
  const auto last = last_code(text);
  return (first == U'［' && last == U'］') || (first == U'[' && last == U']') ||
         (first == U'【' && last == U'】');
}

bool starts_paragraph(const Paragraph& before, const Paragraph& next) {
  return before.speaker != next.speaker || next.start - before.end >= kSilence || is_sound(before.text) ||
         is_sound(next.text) ||
         (half_length(before.text, Counting::east_asian) >= kLongHalves && ends_sentence(before.text));
}

}  // namespace

std::vector<Paragraph> transcript_of(const Track& track) {
  std::vector<const Cue*> cues;
  for (const auto& cue : track.cues) cues.push_back(&cue);
  std::ranges::sort(cues, [](const Cue* a, const Cue* b) {
    return a->start != b->start ? a->start < b->start : a < b;  // equal times: the order of the file
  });
  std::vector<Paragraph> result;
  for (const auto* cue : cues) {
    const auto nodes = parse_cue_text(cue->text).nodes;
    Paragraph next{cue->start, cue->end, speaker_of(nodes), one_line(plain_text(nodes))};
    if (next.text.empty()) continue;
    if (result.empty() || starts_paragraph(result.back(), next)) {
      result.push_back(std::move(next));
      continue;
    }
    join_cue(result.back().text, next.text);
    result.back().end = std::max(result.back().end, next.end);
  }
  return result;
}

}  // namespace tongxing::accessibility
