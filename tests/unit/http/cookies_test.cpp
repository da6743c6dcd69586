// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/cookies.hpp"

#include "server/http/sse.hpp"
#include "tests/support/catch.hpp"

#include <string>

using namespace tongxing::http;

namespace {

Cookies parsed(std::string_view field) {
  Cookies cookies;
  parse_cookies(field, cookies);
  return cookies;
}

}  // namespace

TEST_CASE("Cookies are read pair by pair", "[cookies]") {
  const auto cookies = parsed("__Host-session=abc=; lang=\"yue\";bad name=1; broken; x=a,b; y=ok");
  CHECK(cookies == Cookies{{"__Host-session", "abc="}, {"lang", "yue"}, {"y", "ok"}});
  CHECK(parsed("").empty());
}

TEST_CASE("A cookie that comes twice is not believed", "[cookies]") {
  CHECK(parsed("s=good; s=evil; t=1") == Cookies{{"t", "1"}});
  CHECK(parsed("s=1; s=2; s=3").empty());
}

TEST_CASE("The number of cookies is bounded", "[cookies]") {
  std::string field;
  for (int i = 0; i < 1000; ++i) field += "c" + std::to_string(i) + "=1; ";
  CHECK(parsed(field).size() == 64);
}

TEST_CASE("Set-Cookie is complete and safe", "[cookies]") {
  CHECK(to_field({"s", "v"}) == "s=v; Path=/; HttpOnly; Secure; SameSite=Lax");
  CHECK(to_field({"s", "", "/x", std::chrono::seconds(0), SameSite::strict, false}) ==
        "s=; Path=/x; Max-Age=0; HttpOnly; SameSite=Strict");
  CHECK_FALSE(to_field({"s", "a;b"}));
  CHECK_FALSE(to_field({"s", "a\r\nX: y"}));
  CHECK_FALSE(to_field({"s s", "a"}));
  CHECK_FALSE(to_field({"s", "a", "/;x"}));
}

TEST_CASE("Server-sent events keep their lines", "[sse]") {
  CHECK(format_event({"progress", "a\nb\r\nc\rd", "7"}) ==
        "event: progress\nid: 7\ndata: a\ndata: b\ndata: c\ndata: d\n\n");
  CHECK(format_event({}) == "data: \n\n");
  CHECK(format_event({"x\ndata: forged", "1"}) == "event: xdata: forged\ndata: 1\n\n");
}
