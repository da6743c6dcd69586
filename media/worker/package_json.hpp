// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "media/model/job.hpp"
#include "media/model/package.hpp"

/// Packages and jobs as JSON: members have the names of the C++ members, times are integers (duration_ms,
/// duration_us). Reading accepts only whole, well-typed values: the worker's output is not trusted.
namespace tongxing::media::worker {

[[nodiscard]] nlohmann::json to_json(const model::Package& package);
[[nodiscard]] std::string package_text(const model::Package& package);
/// Nothing where the text is no package, or holds names that could lead out of its folder.
[[nodiscard]] std::optional<model::Package> parse_package(std::string_view text);

[[nodiscard]] std::string job_text(const model::JobSpec& job);
[[nodiscard]] std::optional<model::JobSpec> parse_job(std::string_view text);

}  // namespace tongxing::media::worker
