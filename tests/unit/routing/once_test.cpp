// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/routing/once.hpp"

#include "server/auth/token.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/routing/gate.hpp"

using namespace tongxing;

namespace {

struct Desk {
  tests::Gate gate;
  std::string token = gate.person("anna", {auth::Role::instructor});
  std::string other = gate.person("ben", {auth::Role::instructor});
  int made = 0;
  bool fails = false;
  routing::Endpoint place{routing::Lane::write, routing::Access::signed_in, routing::BodyPolicy::form,
                          routing::Csrf::form_token, [this](routing::Context& ctx) {
                            return routing::once(ctx, [this] {
                              if (fails) return http::html(422, "no");
                              return http::see_other("/made/" + std::to_string(++made));
                            });
                          }};

  std::string send(const std::string& who, const std::string& fields) {
    auto request = tests::request(http::Method::post, "/new");
    request.cookies["tongxing_session"] = who;
    request.headers.add("Content-Type", "application/x-www-form-urlencoded");
    request.body = fields + "&csrf=" + gate.tokens.make(auth::hash_of(who));
    return std::string(gate.send(place, request).headers.get("Location").value_or("none"));
  }
};

}  // namespace

TEST_CASE("the same form twice works once and is answered twice") {
  Desk desk;
  CHECK(desk.send(desk.token, "title=a&idempotency_key=k1") == "/made/1");
  CHECK(desk.send(desk.token, "title=a&idempotency_key=k1") == "/made/1");
  CHECK(desk.made == 1);
}

TEST_CASE("another key, another text or another person is another wish") {
  Desk desk;
  CHECK(desk.send(desk.token, "title=a&idempotency_key=k1") == "/made/1");
  CHECK(desk.send(desk.token, "title=a&idempotency_key=k2") == "/made/2");
  CHECK(desk.send(desk.token, "title=b&idempotency_key=k1") == "/made/3");
  CHECK(desk.send(desk.other, "title=a&idempotency_key=k1") == "/made/4");
  CHECK(desk.send(desk.token, "title=a") == "/made/5");
  CHECK(desk.send(desk.token, "title=a") == "/made/6");
}

TEST_CASE("what failed may be tried again") {
  Desk desk;
  desk.fails = true;
  CHECK(desk.send(desk.token, "title=a&idempotency_key=k1") == "none");
  desk.fails = false;
  CHECK(desk.send(desk.token, "title=a&idempotency_key=k1") == "/made/1");
}
