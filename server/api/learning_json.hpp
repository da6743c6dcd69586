// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/result.hpp"
#include "server/services/catalogue.hpp"
#include "server/services/heartbeats.hpp"
#include "server/services/learning_summary.hpp"
#include "server/services/playback.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

/// The learner's values as JSON, and a player's reports out of it. The shapes are those of
/// openapi/learning.json.
namespace tongxing::api {

/// One report, or a list of at most services::kMostHeartbeats. malformed when it is no JSON; invalid with the
/// member at fault as field.
[[nodiscard]] Result<std::vector<services::HeartbeatReport>> heartbeats_from(std::string_view body);

[[nodiscard]] nlohmann::json json_of(const services::CourseFact& course);
[[nodiscard]] nlohmann::json json_of(const services::CourseView& view);
[[nodiscard]] nlohmann::json json_of(const services::CataloguePage& page);
[[nodiscard]] nlohmann::json json_of(const services::CourseProgress& progress);
[[nodiscard]] nlohmann::json json_of(const services::CreditStatement& statement);
[[nodiscard]] nlohmann::json json_of(const services::LessonProgress& progress, std::int64_t course_points);
[[nodiscard]] nlohmann::json json_of(const services::StartedPlayback& started);

/// The answer to heartbeats as text: this is the path that thousands of players take every 15 seconds.
[[nodiscard]] std::string text_of(const services::HeartbeatAnswer& answer);

}  // namespace tongxing::api
