// SPDX-License-Identifier: GPL-3.0-or-later
// /account: one's own name, language and password.
#include "server/pages/account_forms.hpp"
#include "server/pages/account_pages.hpp"
#include "server/routing/error_response.hpp"
#include "server/routing/page_data.hpp"
#include "server/routing/session_cookies.hpp"
#include "server/routing/write_result.hpp"

#include <span>

#include <nlohmann/json.hpp>

namespace tongxing::pages {
namespace {

using routing::Context;

/// The page of an account; `shown` holds what was typed where a form came back.
http::Response page(const Context& ctx, const services::Account& shown, std::span<const Error> errors) {
  const render::FormView form = view_of(ctx, errors);
  auto data = routing::page_data(ctx, "accounts.account.title");
  data["section"] = {{"account", true}};
  const auto say = [&](std::string_view key) { return ctx.messages->text(ctx.locale, key); };
  data["facts"] = {{{"name", say("accounts.fields.login")}, {"text", shown.login}},
                   {{"name", say("accounts.fields.roles")}, {"text", roles_text(ctx, shown.roles)}}};
  data["login"] = shown.login;
  data["fields"] = {{"display_name", name_field(form, shown.display_name)},
                    {"locale", locale_field(form, ctx, shown.locale)},
                    {"current_password",
                     current_password_field(form, "current_password", "accounts.fields.current_password")},
                    {"password", new_password_field(form)}};
  data["errors"] = form.errors();
  return routing::render_form(ctx, "account", data, errors);
}

http::Response not_there(const Context& ctx) {
  return routing::error_page(ctx, Error{ErrorCode::not_found, {}, {}, {}, {}});
}

http::Response show(const Context& ctx, const AccountPagesDeps& deps) {
  const auto account = deps.accounts.find(ctx.db, ctx.viewer.account);
  return account ? page(ctx, *account, {}) : not_there(ctx);
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
  if (saved) return routing::redirect_with_notice("/account", "accounts.notices.saved");
  auto account = deps.accounts.find(ctx.db, ctx.viewer.account);
  if (!account) return not_there(ctx);
  account->display_name = name;
  account->locale = locale;
  return page(ctx, *account, {&saved.error(), 1});
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
    return page(ctx, *account, {&made.error(), 1});
  }
  deps.sessions.forget_account(ctx.viewer.account);
  auto response = routing::redirect_with_notice("/account", "accounts.notices.password_changed");
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
  routes.add(
      http::Method::post, "/account/password",
      {Lane::secret, Access::signed_in, BodyPolicy::form, Csrf::form_token,
       [deps](Context& ctx) { return change_password(ctx, deps); }, false, routing::OnFullDisk::go_on});
}

}  // namespace tongxing::pages
