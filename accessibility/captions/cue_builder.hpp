// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/caption_file.hpp"

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace tongxing::accessibility {

/// What the readers share: limits, and the findings inside a cue's text. Used by the readers only.
class CueBuilder {
 public:
  explicit CueBuilder(CaptionFile& file) : file_{file} {}

  void report(FindingKind kind, Severity severity, std::size_t line, std::string text = {});

  /// Adds a cue; `text_line` is the 1-based line of the first line of its text.
  [[nodiscard]] std::expected<void, CaptionError> add(Cue cue, std::size_t text_line);

  /// Puts the findings into the order of their lines.
  void finish();

 private:
  void check_text(const Cue& cue, std::size_t text_line);
  void check_plain(const Cue& cue, std::string_view plain);

  CaptionFile& file_;
};

}  // namespace tongxing::accessibility
