// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/cue.hpp"
#include "accessibility/captions/finding.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// The text inside a cue: WebVTT §6.4, tokenizer and tree.
namespace tongxing::accessibility {

enum class NodeKind : std::uint8_t {
  text,
  timestamp,  ///< what follows appears at `time`
  class_span,
  italic,
  bold,
  underline,
  ruby,
  ruby_text,
  voice,    ///< `text` is the speaker
  language  ///< `text` is a BCP 47 tag, unchecked
};

struct Node {
  NodeKind kind = NodeKind::text;
  std::string text{};  ///< of text nodes; annotation of voice and language
  std::vector<std::string> classes{};
  Milliseconds time{0};
  std::vector<Node> children{};
  bool operator==(const Node&) const = default;
};

/// A deviation in a cue's text; `offset` is a byte of the text.
struct TextProblem {
  FindingKind kind = FindingKind::unknown_tag;
  std::size_t offset = 0;
  std::string text{};
};

struct CueText {
  std::vector<Node> nodes;
  std::vector<TextProblem> problems;
};

/// Deeper tags are ignored, and told as nested_too_deep.
/// No cue of at most kMaxCueBytes reaches it.
inline constexpr std::size_t kMaxDepth = 512;

/// Never fails. Character references are those of HTML (read_character_reference()); others stay as they are.
[[nodiscard]] CueText parse_cue_text(std::string_view text);

/// What a reader reads: no markup, no ruby annotations, times left out.
[[nodiscard]] std::string plain_text(const std::vector<Node>& nodes);
[[nodiscard]] std::string plain_text(std::string_view cue_text);

/// Well-formed cue text that gives the same tree again: everything is escaped, empty lines are left out.
[[nodiscard]] std::string markup_of(const std::vector<Node>& nodes);

/// Removes from every text, annotation and class what without_bidi_tricks() removes.
void remove_bidi_tricks(std::vector<Node>& nodes);

/// Plain text made safe as cue text: & < > escaped.
[[nodiscard]] std::string escaped_cue_text(std::string_view plain);

/// The speaker of the first voice in the text; empty: none is named.
[[nodiscard]] std::string speaker_of(const std::vector<Node>& nodes);

}  // namespace tongxing::accessibility
