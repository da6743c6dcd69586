// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/cue.hpp"

#include <string>
#include <vector>

/// One readable text made from captions: for reading instead of listening, for braille, for search.
namespace tongxing::accessibility {

struct Paragraph {
  Milliseconds start{0};  ///< of its first cue
  Milliseconds end{0};    ///< of its last cue
  std::string speaker;    ///< empty: not named
  std::string text;       ///< plain, one line, UTF-8
  bool operator==(const Paragraph&) const = default;
};

/// Cues in the order of their start, joined to paragraphs. A new one begins with another speaker, after two
/// seconds of silence, after a sound label of its own (［掌声］), and where a sentence ends in a paragraph
/// that has grown long. Lines are joined without a space between Chinese characters and with one elsewhere.
/// The same track gives the same text, always.
[[nodiscard]] std::vector<Paragraph> transcript_of(const Track& track);

}  // namespace tongxing::accessibility
