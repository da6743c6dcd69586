// SPDX-License-Identifier: GPL-3.0-or-later
// Bodies of forms and of our own scripts, before a handler sees them.
#include "server/routing/body.hpp"
#include "server/routing/csrf.hpp"
#include "tests/support/catch.hpp"

#include <string>

namespace tongxing::routing {
namespace {

http::Request with_file(http::Method method) {
  http::Request request;
  request.method = method;
  request.headers.add("Content-Type", "multipart/form-data; boundary=abc");
  request.body =
      "--abc\r\nContent-Disposition: form-data; name=\"file\"; "
      "filename=\"a.vtt\"\r\n\r\nWEBVTT\r\n--abc--\r\n";
  return request;
}

TEST_CASE("A multipart body is decoded once, wherever that happens first") {
  auto request = with_file(http::Method::post);
  REQUIRE(decode_body(BodyPolicy::multipart, request));
  REQUIRE(request.files.size() == 1);
  request.body.clear();  // as the connection leaves it
  CHECK(decode_body(BodyPolicy::multipart, request));
  CHECK(request.files.size() == 1);
}

TEST_CASE("A multipart body that nobody could decode is refused") {
  auto request = with_file(http::Method::post);
  request.body = "nothing of the kind";
  CHECK_FALSE(decode_body(BodyPolicy::multipart, request));
}

TEST_CASE("A file may come from our own scripts with PUT only, and never without their header") {
  auto request = with_file(http::Method::put);
  CHECK_FALSE(is_scripted_by_us(request));
  request.headers.add("X-CSRF", "1");
  CHECK(is_scripted_by_us(request));
  request.method = http::Method::post;
  CHECK_FALSE(is_scripted_by_us(request));
}

}  // namespace
}  // namespace tongxing::routing
