// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/caption_quality/context.hpp"
#include "accessibility/caption_quality/rules.hpp"
#include "accessibility/captions/caption_file.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

/// Checking captions against the rules C1 … C30 (rules.hpp). Pure: the same input gives the same report.
namespace tongxing::accessibility {

enum class Verdict : std::uint8_t {
  ok,        ///< nothing that anybody has to look at
  warnings,  ///< a reviewer has to confirm them
  errors     ///< not to be published so
};

/// A rule that could not be looked at, and what is missing for it.
struct NotChecked {
  std::string_view rule;  ///< "C11"
  Input missing = Input::none;
  bool operator==(const NotChecked&) const = default;
};

struct QualityReport {
  std::vector<Finding> findings;                ///< by rising line; 0, the file as a whole, first
  std::vector<NotChecked> not_checked;          ///< by rising rule
  std::vector<std::string_view> not_concerned;  ///< rules that say nothing about this language and use
  Verdict verdict = Verdict::ok;
};

/// A track alone: C25 to C27 are not checked.
[[nodiscard]] QualityReport check_captions(const Track& track, const CaptionContext& context);

/// A file as it was read: what its reader found is part of the report.
[[nodiscard]] QualityReport check_captions(const CaptionFile& file, const CaptionContext& context);

/// Whether any finding blocks publication.
[[nodiscard]] bool has_errors(const std::vector<Finding>& findings);

/// "ok", "warnings", "errors".
[[nodiscard]] std::string_view name_of(Verdict verdict);

/// "media_duration", "speech", "script" …: the end of the message key that says why a rule was not checked.
[[nodiscard]] std::string_view name_of(Input input);

}  // namespace tongxing::accessibility
