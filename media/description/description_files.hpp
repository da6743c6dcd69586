// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/description/render.hpp"

#include <string>
#include <string_view>

/// What a description is as text: for players, for screen readers, for people. UTF-8.
namespace tongxing::media::description {

/// {"gaps": […], "cues": […], "findings": […], "totals": {…}}: what `describe plan` prints.
[[nodiscard]] std::string plan_json(const accessibility::PlanInput& input,
                                    const accessibility::DescriptionPlan& plan,
                                    const std::vector<accessibility::DescriptionFinding>& findings,
                                    std::string_view language);
/// The same for people, in English.
[[nodiscard]] std::string plan_text(const accessibility::PlanInput& input,
                                    const accessibility::DescriptionPlan& plan,
                                    const std::vector<accessibility::DescriptionFinding>& findings,
                                    std::string_view language);

/// ad.json: [{"id", "mode": "standard"|"extended"|"text", "at_ms", "end_ms", "text", "lang", "clip",
/// "clip_ms", "sha256"}, …] by rising at_ms; the last three are null where there is no clip. end_ms of an
/// extended one is its at_ms: lesson time stands still.
[[nodiscard]] std::string player_json(const DescriptionMade& made, std::string_view language);

/// ad.vtt: the texts for braille and screen readers, in lesson time.
[[nodiscard]] std::string text_track(const DescriptionMade& made);

/// timemap.json: {"lesson_ms", "extended_ms", "pauses": [{"lesson_ms", "extended_ms", "length_ms",
/// "segment"}, …]} (see accessibility::TimeMap).
[[nodiscard]] std::string time_map_json(const DescriptionMade& made);

/// What was measured, for logs and for `describe render --json`.
[[nodiscard]] std::string measures_json(const DescriptionMade& made);

}  // namespace tongxing::media::description
