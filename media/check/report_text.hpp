// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/check/report.hpp"

#include <string>
#include <string_view>

namespace tongxing::media::check {

/// For people: what failed first, each with its place, what was found, what was expected and what to do; then
/// what was not checked; then a summary.
[[nodiscard]] std::string report_text(const Report& report, std::string_view folder);

/// {"dir", "verdict": "ok"|"failed", "rules": [{"id", "title", "status": "ok"|"failed"|"not_applicable"|
/// "not_checked", "findings": [{"file", "line"?, "found", "expected", "message"}], "more"?, "reasons"?}]},
/// one line. Texts that are not UTF-8 have U+FFFD in place of what is not.
[[nodiscard]] std::string report_json(const Report& report, std::string_view folder);

}  // namespace tongxing::media::check
