// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/styled_run.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tongxing::accessibility {

/// The text field of an ASS event, taken apart.
struct AssText {
  std::vector<StyledRun> runs;
  std::vector<std::string> lost;  ///< overrides and drawings that are dropped, as they stand
  int place = 0;                  ///< as on the keys of a number pad (\an); 0: not said
};

/// \N and \n end a line, \h is a space that does not break. {\i1 \b1 \u1 \an8 …}: styles and place are kept,
/// everything else in braces is lost, and so is what {\p1} draws. `base` is the style that the event begins
/// with.
[[nodiscard]] AssText parse_ass_text(std::string_view text, const RunStyle& base);

}  // namespace tongxing::accessibility
