// SPDX-License-Identifier: GPL-3.0-or-later
// /setup?token=…: the first administrator, through the link that was printed at the first start.
#include "server/pages/account_forms.hpp"
#include "server/pages/account_pages.hpp"
#include "server/routing/error_response.hpp"
#include "server/routing/page_data.hpp"
#include "server/routing/session_cookies.hpp"
#include "server/routing/write_result.hpp"
#include "server/services/setup.hpp"

#include <span>

#include <nlohmann/json.hpp>

namespace tongxing::pages {
namespace {

using routing::Context;

http::Response form_page(const Context& ctx, const services::NewAccount& typed, std::string_view token,
                         std::span<const Error> errors) {
  const render::FormView form = view_of(ctx, errors);
  auto data = routing::page_data(ctx, "accounts.setup.title");
  data["fields"] = {{"login", login_field(form, typed.login)},
                    {"display_name", name_field(form, typed.display_name)},
                    {"password", new_password_field(form)}};
  data["token"] = std::string(token);
  data["errors"] = form.errors();
  return routing::render_form(ctx, "setup", data, errors);
}

http::Response closed(const Context& ctx) {
  return routing::error_page(ctx, Error{ErrorCode::gone, "errors.accounts.setup_closed", {}, {}, {}});
}

http::Response show(const Context& ctx) {
  const auto token = ctx.request.query.get("token").value_or("");
  if (!services::setup_is_open(ctx.db, token, ctx.now)) return closed(ctx);
  return form_page(ctx, {}, token, {});
}

http::Response create(Context& ctx, const AccountPagesDeps& deps) {
  const std::string token = ctx.request.form.get_or("token");
  services::NewAccount typed = typed_account(ctx.request.form);
  typed.locale = std::string(render::tag(ctx.locale));
  const auto wait = deps.limits.setup_address.take(auth::address_block(ctx.request.remote_address));
  if (wait.count() > 0) {
    const Error error{ErrorCode::rate_limited,
                      "errors.accounts.registration_wait",
                      {{"seconds", services::seconds_text(wait)}},
                      {},
                      {}};
    return form_page(ctx, typed, token, {&error, 1});
  }
  if (!services::setup_is_open(ctx.db, token, ctx.now)) return closed(ctx);
  if (const auto errors = deps.accounts.check(typed); !errors.empty()) {
    return form_page(ctx, typed, token, errors);
  }
  const auto prepared = deps.accounts.prepare(typed);
  const auto made = routing::write_result<services::SignedIn>(
      ctx, [&](storage::Connection& db) -> Result<services::SignedIn> {
        const auto id = services::set_up(db, deps.accounts, token, prepared, ctx.now);
        if (!id) return std::unexpected(id.error());
        return deps.sign_ins.start_new(db, *id, ctx.viewer.session);
      });
  if (!made && made.error().code == ErrorCode::gone) return closed(ctx);
  if (!made) return form_page(ctx, typed, token, {&made.error(), 1});
  auto response = routing::redirect_with_notice("/admin/accounts", "accounts.notices.set_up");
  routing::give_session(response, ctx.request, made->token, made->device);
  return response;
}

}  // namespace

void add_setup_pages(routing::Routes& routes, const AccountPagesDeps& deps) {
  routes.add(http::Method::get, "/setup", {.handler = show});
  routes.add(http::Method::post, "/setup",
             {routing::Lane::secret, routing::Access::anyone, routing::BodyPolicy::form,
              routing::Csrf::form_token, [deps](Context& ctx) { return create(ctx, deps); }});
}

}  // namespace tongxing::pages
