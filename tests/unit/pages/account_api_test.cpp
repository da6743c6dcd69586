// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/catch.hpp"
#include "tests/unit/pages/site.hpp"

#include <nlohmann/json.hpp>

using namespace tongxing;
using auth::Role;
using http::Method;
using nlohmann::json;
using tests::Browser;
using tests::Site;
using tests::text;

namespace {

constexpr const char* kPassword = "spring is here";

std::string credentials(const std::string& login, const std::string& password) {
  return json{{"login", login}, {"password", password}}.dump();
}

}  // namespace

TEST_CASE("a session by the API: in, who am I, out") {
  Site site;
  static_cast<void>(site.account("anna", kPassword, {Role::trainee}));
  Browser client(site);
  CHECK(client.call(Method::get, "/api/v1/me").status == 401);
  const auto in = client.call(Method::post, "/api/v1/session", credentials("anna", kPassword));
  CHECK(in.status == 200);
  CHECK(json::parse(text(in))["roles"] == json{"trainee"});
  const auto me = json::parse(text(client.call(Method::get, "/api/v1/me")));
  CHECK(me["login"] == "anna");
  CHECK_FALSE(me.contains("password_hash"));
  const Browser copy = client;
  CHECK(client.call(Method::del, "/api/v1/session").status == 204);
  CHECK(client.call(Method::get, "/api/v1/me").status == 401);
  Browser late = copy;
  CHECK(late.call(Method::get, "/api/v1/me").status == 401);
}

TEST_CASE("whatever is sent instead of a sign-in gets a clear refusal") {
  Site site;
  static_cast<void>(site.account("anna", kPassword, {Role::trainee}));
  Browser client(site);
  const auto status = [&](const std::string& body) {
    return client.call(Method::post, "/api/v1/session", body).status;
  };
  CHECK(status("{") == 400);
  CHECK(status("[]") == 400);
  CHECK(status("\"\xff\"") == 400);
  CHECK(status(std::string(60'000, '[')) == 400);
  CHECK(status("{}") == 422);
  CHECK(status(R"({"login":7,"password":"x"})") == 422);
  CHECK(status(R"({"login":"anna","password":null})") == 422);
  CHECK(status(credentials("anna", "wrong")) == 422);
  CHECK(status(credentials("anna", std::string(50'000, 'x'))) == 422);
  CHECK(status("") == 415);
  const auto answer = json::parse(text(client.call(Method::post, "/api/v1/session", R"({"password":"x"})")));
  CHECK(answer["field"] == "login");
}

TEST_CASE("accounts by the API are for administrators") {
  Site site;
  static_cast<void>(site.account("root", kPassword, {Role::administrator}));
  static_cast<void>(site.account("anna", kPassword, {Role::trainee}));
  const std::string wanted = json{
      {"login", "ben"},
      {"display_name", "Ben"},
      {"password", "autumn is near"},
      {"roles", {"instructor"}}}.dump();
  Browser anna(site);
  static_cast<void>(anna.call(Method::post, "/api/v1/session", credentials("anna", kPassword)));
  CHECK(anna.call(Method::get, "/api/v1/accounts").status == 403);
  CHECK(anna.call(Method::post, "/api/v1/accounts", wanted).status == 403);
  Browser root(site);
  static_cast<void>(root.call(Method::post, "/api/v1/session", credentials("root", kPassword)));
  const auto made = root.call(Method::post, "/api/v1/accounts", wanted);
  CHECK(made.status == 201);
  const auto id = json::parse(text(made))["id"].get<std::string>();
  CHECK(made.headers.get("Location") == "/api/v1/accounts/" + id);
  CHECK(json::parse(text(root.call(Method::get, "/api/v1/accounts/" + id)))["login"] == "ben");
  CHECK(root.call(Method::get, "/api/v1/accounts/nobody").status == 404);
  CHECK(json::parse(text(root.call(Method::get, "/api/v1/accounts")))["accounts"].size() == 3);
  CHECK(json::parse(text(root.call(Method::get, "/api/v1/accounts?limit=2")))["accounts"].size() == 2);
  CHECK(root.call(Method::get, "/api/v1/accounts?limit=0").status == 422);
  CHECK(root.call(Method::get, "/api/v1/accounts?limit=2x").status == 422);
  const auto again = root.call(Method::post, "/api/v1/accounts", wanted);
  CHECK(again.status == 422);
  CHECK(json::parse(text(again))["field"] == "login");
  const auto unknown = root.call(
      Method::post, "/api/v1/accounts",
      json{{"login", "cat"}, {"display_name", "C"}, {"password", "autumn is near"}, {"roles", {"king"}}}
          .dump());
  CHECK(json::parse(text(unknown))["field"] == "roles");
}
