// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/cue.hpp"
#include "accessibility/captions/cue_text.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// A track taken apart once, for all rules. Used inside this folder only.
namespace tongxing::accessibility {

struct PreparedCue {
  const Cue* cue = nullptr;  ///< of the track, which must outlive this
  std::size_t number = 0;    ///< 1-based
  std::vector<Node> nodes;
  std::string plain;                  ///< without markup
  std::vector<std::u32string> lines;  ///< of `plain`
  std::string speaker;                ///< of the first voice; empty: none
  bool has_label = false;             ///< a sound label is in it
  bool spoken = false;                ///< something stands beside sound labels
};

struct PreparedTrack {
  const Track* track = nullptr;
  std::vector<PreparedCue> cues;
};

[[nodiscard]] PreparedCue prepare(const Cue& cue, std::size_t number);
[[nodiscard]] PreparedTrack prepare(const Track& track);

/// A line without its sound labels: ［…］ […] 【…】 anywhere, （…） (…) as a whole line, and lines of music
/// (♪).
[[nodiscard]] std::u32string without_labels(std::u32string_view line);

/// The lines joined, without labels, with nothing between them for Chinese: a line break is no space there.
[[nodiscard]] std::u32string spoken_text(const PreparedCue& cue);

[[nodiscard]] std::string to_utf8(std::u32string_view text);

/// The first characters of a text, with … where it goes on.
[[nodiscard]] std::string beginning_of(std::u32string_view text);

}  // namespace tongxing::accessibility
