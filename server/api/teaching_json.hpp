// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/finding.hpp"
#include "server/http/message.hpp"
#include "server/routing/endpoint.hpp"
#include "server/services/asset_view.hpp"
#include "server/services/course_pack.hpp"
#include "server/services/descriptions.hpp"

#include <vector>

#include <nlohmann/json_fwd.hpp>

/// The JSON of courses, lessons, tracks and assets, as in server/api/openapi/teaching.json.
namespace tongxing::api {

[[nodiscard]] nlohmann::json version_json(const storage::CourseVersionRow& version);
[[nodiscard]] nlohmann::json lesson_json(const services::LessonPack& pack);
[[nodiscard]] nlohmann::json track_json(const storage::TrackRow& track);
[[nodiscard]] nlohmann::json missing_json(const routing::Context& ctx,
                                          const std::vector<services::Missing>& missing);
[[nodiscard]] nlohmann::json findings_json(const std::vector<accessibility::Finding>& findings);
[[nodiscard]] nlohmann::json asset_json(const services::AssetView& view);
/// `state` and `progress` mean what they mean of an asset; NONE: there is no script.
[[nodiscard]] nlohmann::json description_json(const services::DescriptionState& state);

/// The answer to a use case that gives nothing: 204, or the problem.
[[nodiscard]] http::Response done_or_problem(const routing::Context& ctx, const Result<void>& done);

}  // namespace tongxing::api
