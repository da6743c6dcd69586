// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/routing/endpoint.hpp"
#include "server/services/accounts.hpp"

#include <string_view>

#include <nlohmann/json_fwd.hpp>

/// What the forms that make an account share.
namespace tongxing::pages {

/// The fields login, display_name, password, locale and role (several) as typed; unknown roles are left out.
[[nodiscard]] services::NewAccount typed_account(const http::Params& form);

/// Puts what was typed back into the form (never the password), and `roles` [{value, label, hint, checked}].
void fill_account_form(nlohmann::json& data, const routing::Context& ctx, const services::NewAccount& typed);

/// The languages to choose from: `locales` [{value, label, checked}], with `chosen` checked.
void fill_locales(nlohmann::json& data, const routing::Context& ctx, std::string_view chosen);

}  // namespace tongxing::pages
