// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/routing/middleware.hpp"

#include "server/routing/error_response.hpp"
#include "server/routing/page_data.hpp"
#include "server/storage/setup_store.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/routing/gate.hpp"

#include <nlohmann/json.hpp>

using namespace tongxing;
using auth::Role;
using routing::Access;
using tests::Gate;
using tests::request;

namespace {

routing::Endpoint open_to(Access access) {
  return {.access = access,
          .handler = [](routing::Context& ctx) { return http::html(200, ctx.viewer.display_name); }};
}

http::Request as(const std::string& token, const std::string& path) {
  auto made = request(http::Method::get, path);
  made.cookies["tongxing_session"] = token;
  return made;
}

}  // namespace

TEST_CASE("who is not signed in is sent to sign in and back; the API says 401") {
  Gate gate;
  const auto page = gate.send(open_to(Access::signed_in), request(http::Method::get, "/my/learning?page=2"));
  CHECK(page.status == 303);
  CHECK(page.headers.get("Location") == "/sign-in?next=%2Fmy%2Flearning%3Fpage%3D2");
  CHECK(page.headers.get("Cache-Control") == "no-store");
  const auto api = gate.send(open_to(Access::signed_in), request(http::Method::get, "/api/v1/me"));
  CHECK(api.status == 401);
  CHECK(api.headers.get("Content-Type") == "application/problem+json");
}

TEST_CASE("a form sent after the session ended leads back to the page of the form") {
  Gate gate;
  auto made = request(http::Method::post, "/teach/courses/7/delete");
  made.headers.add("Referer", std::string(tests::kOrigin) + "/teach/courses/7");
  CHECK(gate.send(open_to(Access::instructor), made).headers.get("Location") ==
        "/sign-in?next=%2Fteach%2Fcourses%2F7");
  made.headers.set("Referer", "https://evil.example/teach");
  CHECK(gate.send(open_to(Access::instructor), made).headers.get("Location") == "/sign-in?next=%2F");
}

TEST_CASE("each access rule admits its role and nobody else") {
  Gate gate;
  const std::vector<std::pair<Role, std::string>> people{
      {Role::trainee, gate.person("t11", {Role::trainee})},
      {Role::instructor, gate.person("i11", {Role::instructor})},
      {Role::reviewer, gate.person("r11", {Role::reviewer})},
      {Role::administrator, gate.person("a11", {Role::administrator})}};
  const std::vector<std::pair<Access, Role>> rules{{Access::instructor, Role::instructor},
                                                   {Access::reviewer, Role::reviewer},
                                                   {Access::administrator, Role::administrator}};
  for (const auto& [role, token] : people) {
    CHECK(gate.send(open_to(Access::anyone), as(token, "/x")).status == 200);
    CHECK(gate.send(open_to(Access::signed_in), as(token, "/x")).status == 200);
    for (const auto& [access, wanted] : rules) {
      CHECK(gate.send(open_to(access), as(token, "/x")).status == (role == wanted ? 200U : 403U));
    }
  }
}

TEST_CASE("the language is the account's, then the cookie's, then the browser's") {
  Gate gate;
  const routing::Endpoint place{
      .handler = [](routing::Context& ctx) { return http::html(200, std::string(render::tag(ctx.locale))); }};
  auto made = request(http::Method::get, "/x");
  CHECK(tests::text(gate.send(place, made)) == "zh-Hans");
  made.headers.add("Accept-Language", "zh-HK,en;q=0.5");
  CHECK(tests::text(gate.send(place, made)) == "zh-Hant");
  made.cookies["tongxing_lang"] = "en";
  CHECK(tests::text(gate.send(place, made)) == "en");
  made.cookies["tongxing_session"] = gate.person("anna", {Role::trainee}, "zh-Hans");
  CHECK(tests::text(gate.send(place, made)) == "zh-Hans");
}

TEST_CASE("every answer carries the security headers, HSTS only over TLS") {
  Gate gate;
  const auto plain = gate.send(open_to(Access::administrator), request(http::Method::get, "/x"));
  CHECK(plain.headers.get("Content-Security-Policy").value().find("unsafe-inline") == std::string_view::npos);
  CHECK(plain.headers.get("Content-Security-Policy")
            .value()
            .starts_with("default-src 'none'; script-src 'self';"));
  CHECK(plain.headers.get("X-Content-Type-Options") == "nosniff");
  CHECK(plain.headers.get("Referrer-Policy") == "same-origin");
  CHECK_FALSE(plain.headers.get("Strict-Transport-Security"));
  auto made = request(http::Method::get, "/x");
  made.secure = true;
  CHECK(gate.send(open_to(Access::anyone), made).headers.get("Strict-Transport-Security"));
  const auto refused = gate.middleware.refusal(made, Error{ErrorCode::not_found, {}, {}, {}, {}});
  CHECK(refused.headers.get("Content-Security-Policy"));
  CHECK(refused.status == 404);
}

TEST_CASE("over TLS only the cookie that this host itself has set counts") {
  Gate gate;
  const std::string token = gate.person("anna", {Role::trainee});
  auto made = as(token, "/x");
  made.secure = true;
  CHECK(gate.send(open_to(Access::signed_in), made).status == 303);
  made.cookies["__Host-tongxing_session"] = token;
  CHECK(gate.send(open_to(Access::signed_in), made).status == 200);
}

TEST_CASE("a fault becomes a page with a number; its text stays in the log, its changes are gone") {
  Gate gate;
  routing::Endpoint place{.lane = routing::Lane::write,
                          .handler = [](routing::Context& ctx) -> http::Response {
                            static_cast<void>(storage::SetupStore(ctx.db).get_or_set("mark", "left"));
                            ctx.keep_changes = true;
                            throw std::runtime_error("secret detail");
                          }};
  const auto response = gate.send(place, request(http::Method::get, "/x"));
  CHECK(response.status == 500);
  CHECK(tests::text(response).find("secret detail") == std::string::npos);
  const auto problem = gate.send(place, request(http::Method::get, "/api/v1/x"));
  const auto body = nlohmann::json::parse(tests::text(problem));
  CHECK(body["status"] == 500);
  CHECK(body["request_id"].get<std::string>().size() == 16);
  gate.write(
      [](storage::Connection& db) { CHECK(storage::SetupStore(db).get_or_set("mark", "right") == "right"); });
}

TEST_CASE("on the write lane an error rolls back unless the handler keeps its changes") {
  Gate gate;
  for (const bool keep : {false, true}) {
    bool ran = false;
    routing::Endpoint place{.lane = routing::Lane::write, .handler = [&](routing::Context& ctx) {
                              static_cast<void>(storage::SetupStore(ctx.db).get_or_set("mark", "kept"));
                              ctx.keep_changes = keep;
                              ctx.after_commit.emplace_back([&ran] { ran = true; });
                              return routing::problem(ctx, Error{ErrorCode::conflict, {}, {}, {}, {}});
                            }};
    CHECK(gate.send(place, request(http::Method::get, "/api/v1/x")).status == 409);
    CHECK(ran == keep);
    gate.database->read([&](storage::Connection& db) {
      CHECK(db.query("SELECT 1 FROM installation WHERE name = 'mark'").next() == keep);
    });
  }
}

TEST_CASE("a body that cannot be read is refused before the handler") {
  Gate gate;
  bool called = false;
  const routing::Endpoint place{.body = routing::BodyPolicy::form, .handler = [&](routing::Context&) {
                                  called = true;
                                  return http::no_content();
                                }};
  auto made = request(http::Method::post, "/x");
  made.headers.add("Content-Type", "text/plain");
  CHECK(gate.send(place, made).status == 415);
  made.headers.set("Content-Type", "application/x-www-form-urlencoded");
  made.body = "a=%ff";
  CHECK(gate.send(place, made).status == 400);
  CHECK_FALSE(called);
}

TEST_CASE("the answer to a personal page is never stored, a public one is asked for again") {
  Gate gate;
  CHECK(gate.send(open_to(Access::anyone), request(http::Method::get, "/courses"))
            .headers.get("Cache-Control") == "no-cache");
  const auto token = gate.person("anna", {Role::trainee});
  CHECK(gate.send(open_to(Access::anyone), as(token, "/courses")).headers.get("Cache-Control") == "no-store");
}

TEST_CASE("problems say what, where and in which language") {
  Gate gate;
  const routing::Endpoint place{.handler = [](routing::Context& ctx) {
    return routing::problem(
        ctx,
        Error{
            ErrorCode::rate_limited, "errors.accounts.sign_in_wait", {{"seconds", "17"}}, "login", "hidden"});
  }};
  auto made = request(http::Method::get, "/api/v1/x");
  made.headers.add("Accept-Language", "en");
  const auto response = gate.send(place, made);
  const auto body = nlohmann::json::parse(tests::text(response));
  CHECK(response.status == 429);
  CHECK(response.headers.get("Retry-After") == "17");
  CHECK(body["type"] == "urn:tongxing:problem:rate_limited");
  CHECK(body["field"] == "login");
  CHECK(body["detail"].get<std::string>().find("17 seconds") != std::string::npos);
  CHECK(tests::text(response).find("hidden") == std::string::npos);
}

TEST_CASE("every kind of error has its status, its texts in each language, and a page") {
  Gate gate;
  for (const auto code :
       {ErrorCode::invalid, ErrorCode::malformed, ErrorCode::unauthenticated, ErrorCode::forbidden,
        ErrorCode::not_found, ErrorCode::method_not_allowed, ErrorCode::conflict, ErrorCode::gone,
        ErrorCode::precondition_failed, ErrorCode::too_large, ErrorCode::unsupported, ErrorCode::rate_limited,
        ErrorCode::unavailable, ErrorCode::insufficient_storage, ErrorCode::internal}) {
    CHECK(routing::code_of(routing::status_of(code)) == code);
    for (const std::string path : {"/x", "/api/v1/x"}) {
      for (const std::string language : {"zh-CN", "zh-TW", "en"}) {
        auto made = request(http::Method::get, path);
        made.headers.add("Accept-Language", language);
        const auto response = gate.middleware.refusal(made, Error{code, {}, {}, {}, {}});
        CAPTURE(routing::name_of(code), path, language);
        CHECK(response.status == routing::status_of(code));
        CHECK(tests::text(response).find("⟦") == std::string::npos);
        CHECK(tests::text(response).size() > 100);
      }
    }
  }
}

TEST_CASE("only paths of our own are gone to next") {
  using routing::own_path_or;
  CHECK(own_path_or("/courses/1?x=2", "/") == "/courses/1?x=2");
  for (const auto* bad : {"", "courses", "//evil.example", "/\\evil.example", "https://evil.example", "/a\nb",
                          "/a b", "javascript:alert(1)", "\\\\evil"}) {
    CHECK(own_path_or(bad, "/home") == "/home");
  }
}

TEST_CASE("a notice is shown once, only when it exists, and never as what was sent") {
  Gate gate;
  const routing::Endpoint place{.handler = [](routing::Context& ctx) {
    return http::html(200, routing::page_data(ctx, "accounts.account.title")["notice"].dump());
  }};
  const auto shown = [&](const std::string& notice) {
    auto made = request(http::Method::get, "/account");
    made.query.add("notice", notice);
    return tests::text(gate.send(place, made));
  };
  CHECK(shown("accounts.saved").find("已保存。") != std::string::npos);
  for (const auto* bad :
       {"accounts.nope", "<script>", "accounts", ".saved", "accounts.", "a.b.c", "Accounts.saved"}) {
    CHECK(shown(bad) == "false");
  }
  CHECK(routing::with_notice("/a?b=1", "accounts.notices.saved") == "/a?b=1&notice=accounts.saved");
}
