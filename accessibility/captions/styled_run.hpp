// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

/// Text with flat styles, as ASS and TTML have it, on its way to cue text. Used by the readers only.
namespace tongxing::accessibility {

/// What WebVTT can say of a piece of text. The defaults say nothing.
struct RunStyle {
  bool italic = false;
  bool bold = false;
  bool underline = false;
  std::string language{};  ///< BCP 47; empty: that of the track
  std::string speaker{};   ///< who says it; empty: not said
  bool operator==(const RunStyle&) const = default;
};

struct StyledRun {
  std::string text;  ///< plain; LF ends a line
  RunStyle style{};
  std::string ruby{};  ///< what stands beside the text to say how it is read; empty: nothing
};

/// Cue text of WebVTT: escaped, well-formed, without empty lines.
[[nodiscard]] std::string cue_text_of(const std::vector<StyledRun>& runs);

}  // namespace tongxing::accessibility
