// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/render/form_view.hpp"
#include "server/routing/endpoint.hpp"
#include "server/services/reviewing.hpp"

#include <string>

#include <nlohmann/json_fwd.hpp>

/// The data of a reviewer's page of one version.
namespace tongxing::pages {

/// The form that gives a reason, fresh or as it came back.
struct ReviewForms {
  const render::FormView& form;
  std::string reason;
  std::string lesson;
  std::string at;  ///< time code as typed
};

[[nodiscard]] nlohmann::json review_page(const routing::Context& ctx, const services::ReviewView& view,
                                         const ReviewForms& forms);

}  // namespace tongxing::pages
