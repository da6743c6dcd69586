// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/error.hpp"
#include "server/render/form_view.hpp"
#include "server/routing/endpoint.hpp"
#include "server/services/accounts.hpp"

#include <span>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

/// What the forms of accounts share.
namespace tongxing::pages {

/// The fields login, display_name, password, locale and role (several) as sent; unknown roles are left out.
[[nodiscard]] services::NewAccount typed_account(const http::Params& form);

/// A form view that knows these errors.
[[nodiscard]] render::FormView view_of(const routing::Context& ctx, std::span<const Error> errors);

// The fields, each ready for its component. What was typed stays, a password never does.
[[nodiscard]] nlohmann::json login_field(const render::FormView& form, std::string_view typed);
[[nodiscard]] nlohmann::json name_field(const render::FormView& form, std::string_view typed);
[[nodiscard]] nlohmann::json new_password_field(const render::FormView& form);
[[nodiscard]] nlohmann::json current_password_field(const render::FormView& form, std::string name,
                                                    std::string label);
[[nodiscard]] nlohmann::json role_field(const render::FormView& form, const routing::Context& ctx,
                                        const std::set<auth::Role>& chosen);
[[nodiscard]] nlohmann::json locale_field(const render::FormView& form, const routing::Context& ctx,
                                          std::string_view chosen);

/// "讲师、审核员": the roles in words.
[[nodiscard]] std::string roles_text(const routing::Context& ctx, const std::set<auth::Role>& roles);

}  // namespace tongxing::pages
