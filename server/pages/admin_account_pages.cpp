// SPDX-License-Identifier: GPL-3.0-or-later
// /admin/accounts: who is there, what they may do, new ones, and letting somebody in again who forgot a
// password.
#include "server/http/text.hpp"
#include "server/pages/account_forms.hpp"
#include "server/pages/account_pages.hpp"
#include "server/routing/error_response.hpp"
#include "server/routing/once.hpp"
#include "server/routing/page_data.hpp"
#include "server/routing/write_result.hpp"

#include <span>
#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::pages {
namespace {

using routing::Context;

constexpr std::int64_t kPerPage = 50;

AccountId account_in(const Context& ctx) {
  const auto it = ctx.request.path_params.find("account");
  return AccountId{it == ctx.request.path_params.end() ? std::string{} : it->second};
}

std::string page_of(const AccountId& id) {
  return "/admin/accounts/" + http::percent_encode(id.str());
}

nlohmann::json cell(std::string text) {
  return {{"text", std::move(text)}, {"href", ""}, {"header", false}, {"numeric", false}};
}

nlohmann::json row(const Context& ctx, const services::Account& account) {
  const auto status = account.active ? "accounts.admin.active" : "accounts.admin.disabled";
  auto first = cell(account.login);
  first["header"] = true;
  first["href"] = page_of(account.id);
  auto cells = nlohmann::json::array({std::move(first), cell(account.display_name),
                                      cell(roles_text(ctx, account.roles)),
                                      cell(ctx.messages->text(ctx.locale, status))});
  return {{"cells", std::move(cells)}};
}

nlohmann::json table(const Context& ctx, const std::vector<services::Account>& accounts) {
  auto columns = nlohmann::json::array();
  for (const std::string_view key : {"accounts.fields.login", "accounts.fields.display_name",
                                     "accounts.fields.roles", "accounts.admin.status"}) {
    columns.push_back({{"text", ctx.messages->text(ctx.locale, key)}, {"numeric", false}});
  }
  auto rows = nlohmann::json::array();
  for (const auto& account : accounts) rows.push_back(row(ctx, account));
  return {{"caption", ctx.messages->text(ctx.locale, "accounts.admin.caption")},
          {"columns", std::move(columns)},
          {"rows", std::move(rows)}};
}

http::Response show_list(const Context& ctx, const AccountPagesDeps& deps) {
  auto found =
      deps.accounts.list(ctx.db, ctx.viewer, ctx.request.query.get("after").value_or(""), kPerPage + 1);
  if (!found) return routing::error_page(ctx, found.error());
  auto data = routing::page_data(ctx, "accounts.admin.title");
  data["page"]["wide"] = true;
  data["section"] = {{"accounts", true}};
  nlohmann::json pages{{"previous_href", ""}, {"next_href", ""}, {"text", ""}};
  if (ctx.request.query.get("after")) pages["previous_href"] = "/admin/accounts";
  if (std::ssize(*found) > kPerPage) {
    found->pop_back();
    pages["next_href"] = "/admin/accounts?after=" + http::percent_encode(found->back().login);
  }
  if (pages["previous_href"] != "" || pages["next_href"] != "") data["pagination"] = std::move(pages);
  data["table"] = table(ctx, *found);
  return routing::render_page(ctx, "admin/accounts", data);
}

http::Response new_page(const Context& ctx, const services::NewAccount& typed, const std::string& key,
                        std::span<const Error> errors) {
  const render::FormView form = view_of(ctx, errors);
  auto data = routing::page_data(ctx, "accounts.admin_new.title");
  data["section"] = {{"accounts", true}};
  data["fields"] = {{"login", login_field(form, typed.login)},
                    {"display_name", name_field(form, typed.display_name)},
                    {"password", new_password_field(form)},
                    {"role", role_field(form, ctx, typed.roles)}};
  data["idempotency_key"] = key;
  data["errors"] = form.errors();
  return routing::render_form(ctx, "admin/account_new", data, errors);
}

http::Response show_new(const Context& ctx, const AccountPagesDeps& deps) {
  services::NewAccount empty;
  empty.roles = {auth::Role::trainee};
  return new_page(ctx, empty, routing::new_form_key(deps.random), {});
}

http::Response create(Context& ctx, const AccountPagesDeps& deps) {
  if (std::string location = routing::answered_before(ctx, ctx.db); !location.empty()) {
    return http::see_other(location);
  }
  const auto typed = typed_account(ctx.request.form);
  const auto again = [&](std::span<const Error> errors) {
    return new_page(ctx, typed, ctx.request.form.get_or("idempotency_key"), errors);
  };
  auto errors = deps.accounts.check(typed);
  if (typed.roles.empty()) errors.push_back(fail_field("role", "errors.accounts.role_missing").error());
  if (!errors.empty()) return again(errors);
  const auto prepared = deps.accounts.prepare(typed);
  const std::string location = routing::with_notice("/admin/accounts", "accounts.notices.created");
  const auto made = routing::write_result<AccountId>(ctx, [&](storage::Connection& db) -> Result<AccountId> {
    if (!routing::answered_before(ctx, db).empty()) return AccountId{};
    auto id = deps.accounts.create(db, prepared, ctx.viewer.account.str());
    if (id) routing::remember_answer(ctx, db, location);
    return id;
  });
  if (!made) return again({&made.error(), 1});
  return http::see_other(location);
}

http::Response one_page(const Context& ctx, const services::Account& account, std::span<const Error> errors) {
  const render::FormView form = view_of(ctx, errors);
  auto data = routing::page_data(ctx, "accounts.admin.title");
  data["page"]["title"] = account.display_name;
  data["page"]["heading"] = account.display_name;
  data["section"] = {{"accounts", true}};
  const auto say = [&](std::string_view key) { return ctx.messages->text(ctx.locale, key); };
  nlohmann::json up{{"href", "/admin/accounts"}, {"text", say("accounts.admin.title")}};
  data["breadcrumbs"] = {{"items", nlohmann::json::array({std::move(up)})},
                         {"current", account.display_name}};
  const auto status = account.active ? "accounts.admin.active" : "accounts.admin.disabled";
  data["facts"] = {{{"name", say("accounts.fields.login")}, {"text", account.login}},
                   {{"name", say("accounts.admin.status")}, {"text", say(status)}}};
  data["fields"] = {{"role", role_field(form, ctx, account.roles)}, {"password", new_password_field(form)}};
  data["action"] = page_of(account.id);
  data["login"] = account.login;
  data["active"] = account.active;
  data["oneself"] = account.id == ctx.viewer.account;
  data["errors"] = form.errors();
  return routing::render_form(ctx, "admin/account", data, errors);
}

http::Response show_one(const Context& ctx, const AccountPagesDeps& deps) {
  const auto account = deps.accounts.find(ctx.db, account_in(ctx));
  if (!account)
    return routing::error_page(ctx, Error{ErrorCode::not_found, "errors.accounts.not_found", {}, {}, {}});
  return one_page(ctx, *account, {});
}

/// The answer to a change of one account: back to its page with a notice, or the page with the error.
http::Response answer(Context& ctx, const AccountPagesDeps& deps, const Result<void>& done,
                      std::string_view notice) {
  const AccountId id = account_in(ctx);
  if (done) {
    ctx.after_commit.emplace_back([&sessions = deps.sessions, id] { sessions.forget_account(id); });
    return routing::redirect_with_notice(page_of(id), notice);
  }
  const auto account = deps.accounts.find(ctx.db, id);
  if (!account) return routing::error_page(ctx, done.error());
  return one_page(ctx, *account, {&done.error(), 1});
}

http::Response set_roles(Context& ctx, const AccountPagesDeps& deps) {
  const auto wanted = typed_account(ctx.request.form).roles;
  return answer(ctx, deps, deps.accounts.set_roles(ctx.db, ctx.viewer, account_in(ctx), wanted),
                "accounts.notices.roles_changed");
}

http::Response reset_password(Context& ctx, const AccountPagesDeps& deps) {
  const AccountId id = account_in(ctx);
  const auto hash = deps.accounts.prepare_reset(ctx.db, ctx.viewer, id, ctx.request.form.get_or("password"));
  Result<void> done;
  if (hash) {
    const auto stored = routing::write_result<AccountId>(ctx, [&](storage::Connection& db) {
      return deps.accounts.reset_password(db, ctx.viewer, id, *hash);
    });
    if (!stored) done = std::unexpected(stored.error());
  } else {
    done = std::unexpected(hash.error());
  }
  return answer(ctx, deps, done, "accounts.notices.password_reset");
}

}  // namespace

void add_admin_account_pages(routing::Routes& routes, const AccountPagesDeps& deps) {
  using routing::Lane;
  const auto get = [&](std::string pattern, routing::Handler handler) {
    routes.add(http::Method::get, std::move(pattern),
               {.access = routing::Access::administrator, .handler = std::move(handler)});
  };
  const auto post = [&](Lane lane, std::string pattern, routing::Handler handler) {
    routes.add(http::Method::post, std::move(pattern),
               {lane, routing::Access::administrator, routing::BodyPolicy::form, routing::Csrf::form_token,
                std::move(handler)});
  };
  get("/admin/accounts", [deps](Context& ctx) { return show_list(ctx, deps); });
  get("/admin/accounts/new", [deps](Context& ctx) { return show_new(ctx, deps); });
  post(Lane::secret, "/admin/accounts/new", [deps](Context& ctx) { return create(ctx, deps); });
  get("/admin/accounts/{account}", [deps](Context& ctx) { return show_one(ctx, deps); });
  for (const std::string part : {"/roles", "/disable", "/enable", "/password"}) {
    // What a browser asks for when the page of a failed form is loaded again.
    get("/admin/accounts/{account}" + part,
        [](Context& ctx) { return http::see_other(page_of(account_in(ctx))); });
  }
  post(Lane::write, "/admin/accounts/{account}/roles", [deps](Context& ctx) { return set_roles(ctx, deps); });
  post(Lane::write, "/admin/accounts/{account}/disable", [deps](Context& ctx) {
    return answer(ctx, deps, deps.accounts.disable(ctx.db, ctx.viewer, account_in(ctx)),
                  "accounts.notices.account_disabled");
  });
  post(Lane::write, "/admin/accounts/{account}/enable", [deps](Context& ctx) {
    return answer(ctx, deps, deps.accounts.enable(ctx.db, ctx.viewer, account_in(ctx)),
                  "accounts.notices.account_enabled");
  });
  post(Lane::secret, "/admin/accounts/{account}/password",
       [deps](Context& ctx) { return reset_password(ctx, deps); });
}

}  // namespace tongxing::pages
