// SPDX-License-Identifier: GPL-3.0-or-later
// /register: an account for oneself, with the role of a trainee.
#include "server/pages/account_forms.hpp"
#include "server/pages/account_pages.hpp"
#include "server/routing/once.hpp"
#include "server/routing/page_data.hpp"
#include "server/routing/session_cookies.hpp"
#include "server/routing/write_result.hpp"

#include <span>
#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::pages {
namespace {

using routing::Context;

struct Typed {
  services::NewAccount account{};
  std::string key{};  ///< idempotency key
  std::string next{};
};

http::Response form_page(const Context& ctx, const Typed& typed, std::span<const Error> errors) {
  const render::FormView form = view_of(ctx, errors);
  auto data = routing::page_data(ctx, "accounts.register.title");
  data["section"] = {{"register", true}};
  data["fields"] = {{"login", login_field(form, typed.account.login)},
                    {"display_name", name_field(form, typed.account.display_name)},
                    {"password", new_password_field(form)}};
  data["idempotency_key"] = typed.key;
  data["next"] = routing::own_path_or(typed.next, "");
  data["errors"] = form.errors();
  return routing::render_form(ctx, "register", data, errors);
}

http::Response show(const Context& ctx, const AccountPagesDeps& deps) {
  if (ctx.viewer.signed_in()) return http::see_other("/account");
  return form_page(ctx, {{}, routing::new_form_key(deps.random), ctx.request.query.get_or("next")}, {});
}

/// The same form a second time: the account is there already, and whoever knows its password may go in.
Result<services::SignedIn> answer_again(Context& ctx, const AccountPagesDeps& deps,
                                        const services::NewAccount& typed) {
  const auto verified =
      deps.sign_ins.verify(ctx.db, typed.login, typed.password, {ctx.request.remote_address, {}});
  if (!verified) return std::unexpected(verified.error());
  return routing::write_result<services::SignedIn>(
      ctx, [&](storage::Connection& db) { return deps.sign_ins.start(db, *verified, SessionId{}); });
}

Result<services::SignedIn> store(Context& ctx, const AccountPagesDeps& deps,
                                 const services::NewAccount& typed, const std::string& location) {
  const auto prepared = deps.accounts.prepare(typed);
  return routing::write_result<services::SignedIn>(
      ctx, [&](storage::Connection& db) -> Result<services::SignedIn> {
        const auto id = deps.accounts.create(db, prepared, {});
        if (!id) return std::unexpected(id.error());
        routing::remember_answer(ctx, db, location);
        return deps.sign_ins.start_new(db, *id, ctx.viewer.session);
      });
}

http::Response create(Context& ctx, const AccountPagesDeps& deps) {
  services::NewAccount typed = typed_account(ctx.request.form);
  typed.roles = {auth::Role::trainee};
  typed.locale = std::string(render::tag(ctx.locale));
  const std::string next = ctx.request.form.get_or("next");
  const std::string location =
      routing::own_path_or(next, routing::with_notice("/courses", "accounts.notices.registered"));
  const Typed kept{typed, ctx.request.form.get_or("idempotency_key"), next};
  const auto again = [&](std::span<const Error> errors) { return form_page(ctx, kept, errors); };
  if (const auto errors = deps.accounts.check(typed); !errors.empty()) return again(errors);
  const bool repeated = !routing::answered_before(ctx, ctx.db).empty();
  if (!repeated) {
    const auto wait = deps.limits.registration_address.take(auth::address_block(ctx.request.remote_address));
    if (wait.count() > 0) {
      const Error error{ErrorCode::rate_limited,
                        "errors.accounts.registration_wait",
                        {{"seconds", services::seconds_text(wait)}},
                        {},
                        {}};
      return again({&error, 1});
    }
  }
  const auto made = repeated ? answer_again(ctx, deps, typed) : store(ctx, deps, typed, location);
  if (!made) return again({&made.error(), 1});
  auto response = http::see_other(location);
  routing::give_session(response, ctx.request, made->token, made->device);
  return response;
}

}  // namespace

void add_register_pages(routing::Routes& routes, const AccountPagesDeps& deps) {
  using routing::Lane;
  routes.add(http::Method::get, "/register", {.handler = [deps](Context& ctx) { return show(ctx, deps); }});
  routes.add(http::Method::post, "/register",
             {Lane::secret, routing::Access::anyone, routing::BodyPolicy::form, routing::Csrf::form_token,
              [deps](Context& ctx) { return create(ctx, deps); }});
}

}  // namespace tongxing::pages
