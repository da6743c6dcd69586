// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/readiness/readiness.hpp"
#include "server/routing/page_view.hpp"

#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

/// Who can take a lesson or a course, in words. Colour and sign only repeat what the words say.
namespace tongxing::pages {

/// The author's table: [{need, answer, kind, sign, reasons: [{text, href, mend}]}]. `href` leads to the part
/// of the lesson's page at `lesson_href` where it is mended; empty for what needs no mending, and where
/// `lesson_href` is: a reviewer mends nothing.
[[nodiscard]] nlohmann::json readiness_table(const routing::PageView& ctx,
                                             const std::vector<accessibility::Readiness>& rows,
                                             std::string_view lesson_href);

/// The learner's list: [{text, kind, sign}], one line a need: the answer, and what stands in the way.
[[nodiscard]] nlohmann::json readiness_list(const routing::PageView& ctx,
                                            const std::vector<accessibility::Readiness>& rows);
[[nodiscard]] nlohmann::json readiness_list(const routing::PageView& ctx,
                                            const std::vector<accessibility::CourseReadiness>& rows);

}  // namespace tongxing::pages
