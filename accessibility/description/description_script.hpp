// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/caption_file.hpp"
#include "accessibility/description/span.hpp"

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

/// A description script: what is to be said about the picture, and when its author would like it to be said.
/// Written as WebVTT (SRT is read as well); one cue is one description.
namespace tongxing::accessibility {

struct Description {
  std::string id;        ///< unique in the script: the cue's own, else "ad-0001" by its place
  std::string text;      ///< plain, one line; may hold readings in braces: 银行{yin2 hang2}
  Span wish;             ///< the cue's times; the end is where what it tells is over
  std::size_t line = 0;  ///< of its timing in the file
};

struct DescriptionScript {
  std::vector<Description> descriptions;  ///< by rising wished start
  std::vector<Finding> findings;          ///< of the file
};

/// Reads a script. Limits are those of caption files: kMaxFileBytes, kMaxCues, and kMaxCueBytes of text in
/// one description (about 340 Chinese characters, a minute and a half of speech); what is over them is
/// refused with its line. Cues without text are left out, their findings stay.
[[nodiscard]] std::expected<DescriptionScript, CaptionError> read_description_script(std::string_view bytes);

}  // namespace tongxing::accessibility
