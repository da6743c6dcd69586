// SPDX-License-Identifier: GPL-3.0-or-later
// Every combination of what a browser says and what a form carries, against the rule written down once more
// by hand.
#include "server/routing/csrf.hpp"

#include "server/auth/token.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/routing/gate.hpp"

#include <array>
#include <optional>

using namespace tongxing;
using tests::Gate;

namespace {

struct Says {
  std::optional<std::string> site;
  std::optional<std::string> origin;
};

const std::array<std::optional<std::string>, 5> kSites{std::nullopt, "same-origin", "same-site", "cross-site",
                                                       "none"};
const std::array<std::optional<std::string>, 4> kOrigins{std::nullopt, tests::kOrigin, "https://evil.example",
                                                         "null"};

/// The rule: the browser's own word first, then the origin.
bool ours(const Says& says) {
  if (says.site == "same-origin") return true;
  if (says.site == "same-site" || says.site == "cross-site") return false;
  return !says.origin || says.origin == tests::kOrigin;  // "none" or absent
}

http::Request with(http::Request made, const Says& says) {
  if (says.site) made.headers.add("Sec-Fetch-Site", *says.site);
  if (says.origin) made.headers.add("Origin", *says.origin);
  return made;
}

routing::Endpoint endpoint(routing::Csrf csrf, routing::BodyPolicy body) {
  return {routing::Lane::read, routing::Access::signed_in, body, csrf,
          [](routing::Context&) { return http::no_content(); }};
}

}  // namespace

TEST_CASE("a form passes only from our own page and with the token of this very session") {
  Gate gate;
  const std::string mine = gate.person("anna", {auth::Role::trainee});
  const std::string other = gate.person("ben", {auth::Role::trainee});
  const std::string good = gate.tokens.make(auth::hash_of(mine));
  const std::array<std::string, 5> tokens{good, "", "x.y", gate.tokens.make(auth::hash_of(other)),
                                          good + "0"};
  const auto place = endpoint(routing::Csrf::form_token, routing::BodyPolicy::form);
  for (const auto& site : kSites) {
    for (const auto& origin : kOrigins) {
      for (const auto& token : tokens) {
        const Says says{site, origin};
        auto made = with(tests::request(http::Method::post, "/form"), says);
        made.cookies["tongxing_session"] = mine;
        made.headers.add("Content-Type", "application/x-www-form-urlencoded");
        made.body = "csrf=" + token;
        CAPTURE(site.value_or("-"), origin.value_or("-"), token);
        const unsigned expected = ours(says) && token == good ? 204 : 403;
        CHECK(gate.send(place, made).status == expected);
      }
    }
  }
}

TEST_CASE("the API passes only from our own scripts") {
  Gate gate;
  const std::string token = gate.person("anna", {auth::Role::trainee});
  const auto place = endpoint(routing::Csrf::same_site, routing::BodyPolicy::small);
  for (const auto& site : kSites) {
    for (const auto& origin : kOrigins) {
      for (const std::string mark : {"1", "0", ""}) {
        for (const std::string type : {"application/json", "application/offset+octet-stream", "text/plain",
                                       "", "application/x-www-form-urlencoded", "application/jsonp"}) {
          const Says says{site, origin};
          auto made = with(tests::request(http::Method::post, "/api/v1/x"), says);
          made.cookies["tongxing_session"] = token;
          if (!mark.empty()) made.headers.add("X-CSRF", mark);
          if (!type.empty()) made.headers.add("Content-Type", type);
          made.body = "{}";
          CAPTURE(site.value_or("-"), origin.value_or("-"), mark, type);
          const bool scripted =
              mark == "1" && (type == "application/json" || type == "application/offset+octet-stream");
          CHECK(gate.send(place, made).status == (ours(says) && scripted ? 204U : 403U));
        }
      }
    }
  }
}

TEST_CASE("a request without a cookie proves nothing by it and needs no token for the API") {
  Gate gate;
  auto place = endpoint(routing::Csrf::same_site, routing::BodyPolicy::small);
  place.access = routing::Access::anyone;
  CHECK(gate.send(place, tests::request(http::Method::post, "/api/v1/session")).status == 204);
  auto foreign = tests::request(http::Method::post, "/api/v1/session");
  foreign.headers.add("Origin", "https://evil.example");
  CHECK(gate.send(place, foreign).status == 403);
}

TEST_CASE("an anonymous form needs the visitor's own cookie") {
  Gate gate;
  routing::Endpoint shown{
      .handler = [](routing::Context& ctx) { return http::html(200, "<input value=" + ctx.csrf + ">"); }};
  auto sent = endpoint(routing::Csrf::form_token, routing::BodyPolicy::form);
  sent.access = routing::Access::anyone;
  const auto page = gate.send(shown, tests::request(http::Method::get, "/sign-in"));
  const std::string cookie(page.headers.get("Set-Cookie").value());
  REQUIRE(cookie.starts_with("tongxing_visitor="));
  const std::string visitor = cookie.substr(17, cookie.find(';') - 17);
  const std::string body = tests::text(page);
  auto form = tests::request(http::Method::post, "/sign-in");
  form.headers.add("Content-Type", "application/x-www-form-urlencoded");
  form.body = "csrf=" + body.substr(13, body.size() - 14);
  CHECK(gate.send(sent, form).status == 403);
  form.cookies["tongxing_visitor"] = "aaaaaaaaaaaaaaaaaaaaaaaaaa";
  CHECK(gate.send(sent, form).status == 403);
  form.cookies["tongxing_visitor"] = visitor;
  CHECK(gate.send(sent, form).status == 204);
}

TEST_CASE("a page without a form gives no cookie to an anonymous reader") {
  Gate gate;
  const routing::Endpoint place{.handler = [](routing::Context&) { return http::html(200, "<p>text</p>"); }};
  CHECK_FALSE(gate.send(place, tests::request(http::Method::get, "/courses")).headers.get("Set-Cookie"));
}

TEST_CASE("GET needs no proof and tokens differ from page to page") {
  Gate gate;
  const std::string token = gate.person("anna", {auth::Role::trainee});
  const routing::Endpoint place{
      .handler = [](routing::Context& ctx) { return http::html(200, routing::csrf_token(ctx)); }};
  auto made = tests::request(http::Method::get, "/courses");
  made.cookies["tongxing_session"] = token;
  made.headers.add("Sec-Fetch-Site", "cross-site");
  const auto first = gate.send(place, made);
  CHECK(first.status == 200);
  CHECK(tests::text(first) != tests::text(gate.send(place, made)));
  CHECK(gate.tokens.valid(tests::text(first), auth::hash_of(token)));
}
