// SPDX-License-Identifier: GPL-3.0-or-later
// /sign-in and /sign-out.
#include "server/http/text.hpp"
#include "server/pages/account_forms.hpp"
#include "server/pages/account_pages.hpp"
#include "server/routing/page_data.hpp"
#include "server/routing/session_cookies.hpp"
#include "server/routing/write_result.hpp"

#include <span>

#include <nlohmann/json.hpp>

namespace tongxing::pages {
namespace {

using routing::Context;

/// What stays in the form: never the password.
struct Typed {
  std::string login{};
  std::string next{};
};

http::Response form_page(const Context& ctx, const Typed& typed, std::span<const Error> errors) {
  const render::FormView form = view_of(ctx, errors);
  auto data = routing::page_data(ctx, "accounts.sign_in.title");
  data["section"] = {{"sign_in", true}};
  data["fields"] = {{"login", form.text({.name = "login",
                                         .label = "accounts.fields.login",
                                         .value = typed.login,
                                         .autocomplete = "username",
                                         .max_length = 64})},
                    {"password", current_password_field(form, "password", "accounts.fields.password")}};
  data["next"] = routing::own_path_or(typed.next, "");
  data["register_href"] = "/register";
  if (!typed.next.empty()) data["register_href"] = "/register?next=" + http::percent_encode(typed.next);
  data["errors"] = form.errors();
  return routing::render_form(ctx, "sign_in", data, errors);
}

http::Response show(const Context& ctx) {
  const auto next = ctx.request.query.get_or("next");
  if (ctx.viewer.signed_in()) return http::see_other(routing::own_path_or(next, "/account"));
  return form_page(ctx, {{}, next}, {});
}

/// Where somebody goes who did not come for a certain page.
std::string first_page() {
  return "/courses";
}

http::Response sign_in(Context& ctx, const AccountPagesDeps& deps) {
  const auto& form = ctx.request.form;
  const std::string login = form.get_or("login");
  const std::string next = form.get_or("next");
  const services::SignInOrigin origin{ctx.request.remote_address,
                                      auth::cookie(ctx.request, routing::kDeviceCookie)};
  const auto verified = deps.sign_ins.verify(ctx.db, login, form.get_or("password"), origin);
  auto made = verified ? routing::write_result<services::SignedIn>(ctx,
                                                                   [&](storage::Connection& db) {
                                                                     return deps.sign_ins.start(
                                                                         db, *verified, ctx.viewer.session);
                                                                   })
                       : Result<services::SignedIn>(std::unexpected(verified.error()));
  if (!made) return form_page(ctx, {login, next}, {&made.error(), 1});
  deps.sessions.forget(ctx.viewer.session);
  auto response = http::see_other(routing::own_path_or(next, first_page()));
  routing::give_session(response, ctx.request, made->token, made->device);
  return response;
}

http::Response sign_out(Context& ctx, const AccountPagesDeps& deps) {
  deps.sign_ins.end(ctx.db, ctx.viewer);
  ctx.after_commit.emplace_back(
      [&sessions = deps.sessions, id = ctx.viewer.session] { sessions.forget(id); });
  auto response = routing::redirect_with_notice("/sign-in", "accounts.notices.signed_out");
  routing::take_session(response, ctx.request);
  return response;
}

}  // namespace

void add_sign_in_pages(routing::Routes& routes, const AccountPagesDeps& deps) {
  using routing::Access;
  using routing::BodyPolicy;
  using routing::Csrf;
  using routing::Lane;
  routes.add(http::Method::get, "/sign-in", {.handler = show});
  routes.add(http::Method::post, "/sign-in",
             {Lane::secret, Access::anyone, BodyPolicy::form, Csrf::form_token,
              [deps](Context& ctx) { return sign_in(ctx, deps); }, false, routing::OnFullDisk::go_on});
  routes.add(http::Method::post, "/sign-out",
             {Lane::write, Access::anyone, BodyPolicy::form, Csrf::form_token,
              [deps](Context& ctx) { return sign_out(ctx, deps); }, false, routing::OnFullDisk::go_on});
}

}  // namespace tongxing::pages
