// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/result.hpp"
#include "server/render/form_view.hpp"
#include "server/routing/endpoint.hpp"
#include "server/services/reviewing.hpp"

#include <nlohmann/json_fwd.hpp>

/// The points that a reviewer confirms one by one, in the form of the checklists.
namespace tongxing::pages {

/// [{group (components/checkbox_group), note}]: one for each lesson with anything to confirm.
[[nodiscard]] nlohmann::json tick_groups(const routing::Context& ctx, const services::ReviewView& view,
                                         const render::FormView& form);

/// Takes the answers of that form. A point whose box was not on the page stays as it was.
[[nodiscard]] Result<void> record_ticks(routing::Context& ctx, const CourseVersionId& version);

}  // namespace tongxing::pages
