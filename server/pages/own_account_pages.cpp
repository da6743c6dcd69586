// SPDX-License-Identifier: GPL-3.0-or-later
// /account: one's own name, language and password.
#include "server/auth/roles.hpp"
#include "server/pages/account_forms.hpp"
#include "server/pages/account_pages.hpp"
#include "server/routing/error_response.hpp"
#include "server/routing/page_data.hpp"
#include "server/routing/session_cookies.hpp"
#include "server/routing/write_result.hpp"

#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::pages {
namespace {

using routing::Context;

nlohmann::json page(const Context& ctx, const services::Account& account) {
  auto data = routing::page_data(ctx, "accounts.account.title");
  data["section"] = {{"account", true}};
  data["login"] = account.login;
  data["display_name"] = account.display_name;
  auto roles = nlohmann::json::array();
  for (const auth::Role role : account.roles) {
    roles.push_back(
        {{"label", ctx.messages->text(ctx.locale, "accounts.roles." + std::string(auth::to_text(role)))}});
  }
  data["roles"] = std::move(roles);
  fill_locales(data, ctx, account.locale);
  return data;
}

http::Response not_there(const Context& ctx) {
  return routing::error_page(ctx, Error{ErrorCode::not_found, {}, {}, {}, {}});
}

http::Response show(const Context& ctx, const AccountPagesDeps& deps) {
  const auto account = deps.accounts.find(ctx.db, ctx.viewer.account);
  return account ? routing::render_page(ctx, "account", page(ctx, *account)) : not_there(ctx);
}

/// Forgets the cached session again once the change can be read.
void forget_after_commit(Context& ctx, const AccountPagesDeps& deps) {
  ctx.after_commit.emplace_back(
      [&sessions = deps.sessions, id = ctx.viewer.account] { sessions.forget_account(id); });
}

http::Response save(Context& ctx, const AccountPagesDeps& deps) {
  const std::string name = ctx.request.form.get_or("display_name");
  const std::string locale = ctx.request.form.get_or("locale");
  auto saved = deps.accounts.rename(ctx.db, ctx.viewer, name);
  if (saved) saved = deps.accounts.set_locale(ctx.db, ctx.viewer, locale);
  forget_after_commit(ctx, deps);
  if (saved) return routing::redirect_with_notice("/account", "accounts.saved");
  const auto account = deps.accounts.find(ctx.db, ctx.viewer.account);
  if (!account) return not_there(ctx);
  auto data = page(ctx, *account);
  data["display_name"] = name;
  fill_locales(data, ctx, locale);
  return routing::render_form_again(ctx, "account", std::move(data), saved.error());
}

http::Response change_password(Context& ctx, const AccountPagesDeps& deps) {
  const auto& form = ctx.request.form;
  const auto hash = deps.sign_ins.verify_change(ctx.db, ctx.viewer, form.get_or("current_password"),
                                                form.get_or("password"));
  const auto made = hash ? routing::write_result<services::SignedIn>(
                               ctx,
                               [&](storage::Connection& db) -> Result<services::SignedIn> {
                                 return deps.sign_ins.change(db, ctx.viewer, *hash);
                               })
                         : Result<services::SignedIn>(std::unexpected(hash.error()));
  if (!made) {
    const auto account = deps.accounts.find(ctx.db, ctx.viewer.account);
    if (!account) return not_there(ctx);
    return routing::render_form_again(ctx, "account", page(ctx, *account), made.error());
  }
  deps.sessions.forget_account(ctx.viewer.account);
  auto response = routing::redirect_with_notice("/account", "accounts.password_changed");
  routing::give_session(response, ctx.request, made->token, {});
  return response;
}

}  // namespace

void add_own_account_pages(routing::Routes& routes, const AccountPagesDeps& deps) {
  using routing::Access;
  using routing::BodyPolicy;
  using routing::Csrf;
  using routing::Lane;
  routes.add(http::Method::get, "/account",
             {.access = Access::signed_in, .handler = [deps](Context& ctx) { return show(ctx, deps); }});
  routes.add(http::Method::post, "/account",
             {Lane::write, Access::signed_in, BodyPolicy::form, Csrf::form_token,
              [deps](Context& ctx) { return save(ctx, deps); }});
  routes.add(http::Method::get, "/account/password",
             {.access = Access::signed_in, .handler = [](Context&) { return http::see_other("/account"); }});
  routes.add(http::Method::post, "/account/password",
             {Lane::secret, Access::signed_in, BodyPolicy::form, Csrf::form_token,
              [deps](Context& ctx) { return change_password(ctx, deps); }});
}

}  // namespace tongxing::pages
