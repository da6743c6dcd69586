// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/account_api.hpp"

#include "server/api/json_body.hpp"
#include "server/auth/roles.hpp"
#include "server/routing/error_response.hpp"
#include "server/routing/session_cookies.hpp"
#include "server/routing/write_result.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::api {
namespace {

using routing::Context;

nlohmann::json to_json(const services::Account& account) {
  auto roles = nlohmann::json::array();
  for (const auth::Role role : account.roles) roles.push_back(std::string(auth::to_text(role)));
  return {{"id", account.id.str()},
          {"login", account.login},
          {"display_name", account.display_name},
          {"locale", account.locale},
          {"active", account.active},
          {"roles", std::move(roles)},
          {"created_at", to_ms(account.created_at)}};
}

http::Response send_account(const Context& ctx, const AccountApiDeps& deps, const AccountId& id,
                            unsigned status) {
  const auto account = deps.accounts.find(ctx.db, id);
  if (!account)
    return routing::problem(ctx, Error{ErrorCode::not_found, "errors.accounts.not_found", {}, {}, {}});
  return http::json(status, to_json(*account).dump());
}

http::Response sign_in(Context& ctx, const AccountApiDeps& deps) {
  const auto body = json_object(ctx.request);
  if (!body) return routing::problem(ctx, body.error());
  const auto login = text_member(*body, "login");
  if (!login) return routing::problem(ctx, login.error());
  const auto password = text_member(*body, "password");
  if (!password) return routing::problem(ctx, password.error());
  const services::SignInOrigin origin{ctx.request.remote_address,
                                      auth::cookie(ctx.request, routing::kDeviceCookie)};
  const auto verified = deps.sign_ins.verify(ctx.db, *login, *password, origin);
  if (!verified) return routing::problem(ctx, verified.error());
  const auto made = routing::write_result<services::SignedIn>(
      ctx, [&](storage::Connection& db) { return deps.sign_ins.start(db, *verified, ctx.viewer.session); });
  if (!made) return routing::problem(ctx, made.error());
  deps.sessions.forget(ctx.viewer.session);
  auto response = send_account(ctx, deps, made->account, 200);
  routing::give_session(response, ctx.request, made->token, made->device);
  return response;
}

http::Response sign_out(Context& ctx, const AccountApiDeps& deps) {
  deps.sign_ins.end(ctx.db, ctx.viewer);
  ctx.after_commit.emplace_back(
      [&sessions = deps.sessions, id = ctx.viewer.session] { sessions.forget(id); });
  auto response = http::no_content();
  routing::take_session(response, ctx.request);
  return response;
}

http::Response list(const Context& ctx, const AccountApiDeps& deps) {
  std::int64_t limit = 50;
  if (const auto text = ctx.request.query.get("limit")) {
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), limit);
    if (error != std::errc{} || end != text->data() + text->size() || limit < 1 || limit > 200) {
      return routing::problem(ctx, fail_field("limit", "errors.http.limit", {{"most", "200"}}).error());
    }
  }
  const auto found =
      deps.accounts.list(ctx.db, ctx.viewer, ctx.request.query.get("after").value_or(""), limit);
  if (!found) return routing::problem(ctx, found.error());
  auto accounts = nlohmann::json::array();
  for (const auto& account : *found) accounts.push_back(to_json(account));
  return http::json(200, nlohmann::json{{"accounts", std::move(accounts)}}.dump());
}

Result<services::NewAccount> typed(const http::Request& request) {
  const auto body = json_object(request);
  if (!body) return std::unexpected(body.error());
  services::NewAccount wanted;
  const auto read = [&](const char* name, std::string& into) -> Result<void> {
    auto text =
        std::string_view(name) == "locale" ? optional_text_member(*body, name) : text_member(*body, name);
    if (!text) return std::unexpected(text.error());
    into = std::move(*text);
    return {};
  };
  for (const auto& [name, into] :
       std::initializer_list<std::pair<const char*, std::string*>>{{"login", &wanted.login},
                                                                   {"display_name", &wanted.display_name},
                                                                   {"password", &wanted.password},
                                                                   {"locale", &wanted.locale}}) {
    if (const auto done = read(name, *into); !done) return std::unexpected(done.error());
  }
  const auto roles = text_list_member(*body, "roles");
  if (!roles) return std::unexpected(roles.error());
  for (const std::string& text : *roles) {
    const auto role = auth::role_from(text);
    if (!role) return fail_field("roles", "errors.accounts.role_unknown", {{"role", text}});
    wanted.roles.insert(*role);
  }
  if (wanted.roles.empty()) return fail_field("roles", "errors.accounts.role_missing");
  return wanted;
}

http::Response create(Context& ctx, const AccountApiDeps& deps) {
  const auto wanted = typed(ctx.request);
  if (!wanted) return routing::problem(ctx, wanted.error());
  if (const auto errors = deps.accounts.check(*wanted); !errors.empty())
    return routing::problem(ctx, errors.front());
  const auto prepared = deps.accounts.prepare(*wanted);
  const auto made = routing::write_result<AccountId>(ctx, [&](storage::Connection& db) {
    return deps.accounts.create(db, prepared, ctx.viewer.account.str());
  });
  if (!made) return routing::problem(ctx, made.error());
  auto response = send_account(ctx, deps, *made, 201);
  response.headers.add("Location", "/api/v1/accounts/" + made->str());
  return response;
}

}  // namespace

void add_account_api(routing::Routes& routes, const AccountApiDeps& deps) {
  using routing::Access;
  using routing::BodyPolicy;
  using routing::Csrf;
  using routing::Lane;
  const auto add = [&](http::Method method, std::string pattern, Lane lane, Access access, BodyPolicy body,
                       std::string operation, routing::Handler handler) {
    routing::Endpoint endpoint{lane, access, body, Csrf::same_site, std::move(handler)};
    const bool of_session = pattern == "/api/v1/session";
    endpoint.on_full_disk = of_session ? routing::OnFullDisk::go_on : routing::OnFullDisk::refuse;
    endpoint.operation_id = std::move(operation);
    routes.add(method, std::move(pattern), std::move(endpoint));
  };
  add(http::Method::post, "/api/v1/session", Lane::secret, Access::anyone, BodyPolicy::small, "signIn",
      [deps](Context& ctx) { return sign_in(ctx, deps); });
  add(http::Method::del, "/api/v1/session", Lane::write, Access::signed_in, BodyPolicy::none, "signOut",
      [deps](Context& ctx) { return sign_out(ctx, deps); });
  add(http::Method::get, "/api/v1/me", Lane::read, Access::signed_in, BodyPolicy::none, "getMe",
      [deps](Context& ctx) { return send_account(ctx, deps, ctx.viewer.account, 200); });
  add(http::Method::get, "/api/v1/accounts", Lane::read, Access::administrator, BodyPolicy::none,
      "listAccounts", [deps](Context& ctx) { return list(ctx, deps); });
  add(http::Method::get, "/api/v1/accounts/{account}", Lane::read, Access::administrator, BodyPolicy::none,
      "getAccount", [deps](Context& ctx) {
        return send_account(ctx, deps, AccountId{ctx.request.path_params.find("account")->second}, 200);
      });
  add(http::Method::post, "/api/v1/accounts", Lane::secret, Access::administrator, BodyPolicy::small,
      "createAccount", [deps](Context& ctx) { return create(ctx, deps); });
}

}  // namespace tongxing::api
