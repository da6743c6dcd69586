// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/description/gap_finder.hpp"

#include "accessibility/captions/cue_text.hpp"
#include "accessibility/description/sentence.hpp"

#include <algorithm>

namespace tongxing::accessibility {

std::vector<Span> caption_spans(const Track& captions) {
  std::vector<Span> spans;
  spans.reserve(captions.cues.size());
  for (const Cue& cue : captions.cues) spans.push_back({cue.start, cue.end});
  return spans;
}

std::vector<Span> speech_of(const Track& captions, std::span<const Span> detected, Milliseconds duration,
                            const GapRules& rules) {
  std::vector<Span> spans = caption_spans(captions);
  spans.insert(spans.end(), detected.begin(), detected.end());
  return merged(std::move(spans), rules.margin, duration);
}

std::vector<Gap> find_gaps(std::span<const Span> speech, Milliseconds duration, const GapRules& rules) {
  std::vector<Gap> gaps;
  for (const Span& silence : complement(speech, duration)) {
    if (silence.length() < rules.least) continue;
    gaps.push_back({silence, std::max(Milliseconds(0), silence.length() - rules.ramp_in - rules.ramp_out)});
  }
  return gaps;
}

std::vector<Milliseconds> sentence_ends(const Track& captions) {
  std::vector<Milliseconds> ends;
  std::vector<Milliseconds> all;
  for (const Cue& cue : captions.cues) {
    if (cue.end <= cue.start) continue;
    all.push_back(cue.end);
    if (ends_a_sentence(plain_text(cue.text))) ends.push_back(cue.end);
  }
  std::vector<Milliseconds>& chosen = ends.empty() ? all : ends;
  std::ranges::sort(chosen);
  return chosen;
}

}  // namespace tongxing::accessibility
