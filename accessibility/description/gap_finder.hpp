// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/cue.hpp"
#include "accessibility/description/span.hpp"

#include <span>
#include <vector>

/// Where a description can be spoken without covering speech (media rules §3.3, gap finder).
namespace tongxing::accessibility {

struct GapRules {
  Milliseconds margin{150};    ///< kept free on both sides of speech
  Milliseconds least{1'200};   ///< a shorter gap holds no description
  Milliseconds ramp_in{300};   ///< the programme goes down before a description starts …
  Milliseconds ramp_out{300};  ///< … and comes up again after it
};

struct Gap {
  Span span;
  Milliseconds usable{0};  ///< without the ramps
  bool operator==(const Gap&) const = default;
};

/// When the cues of a track are shown.
[[nodiscard]] std::vector<Span> caption_spans(const Track& captions);

/// S: captions and detected speech together, widened by the margin, within [0, duration).
[[nodiscard]] std::vector<Span> speech_of(const Track& captions, std::span<const Span> detected,
                                          Milliseconds duration, const GapRules& rules = {});

/// The gaps that `speech` (from speech_of) leaves, long enough for a description.
[[nodiscard]] std::vector<Gap> find_gaps(std::span<const Span> speech, Milliseconds duration,
                                         const GapRules& rules = {});

/// When sentences end: ends of the cues whose text ends a sentence, in order; of all cues where none does
/// (captions without punctuation).
[[nodiscard]] std::vector<Milliseconds> sentence_ends(const Track& captions);

}  // namespace tongxing::accessibility
