// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/routing/body.hpp"

#include "tests/support/catch.hpp"

namespace tongxing::routing {

// server/net takes a file out of the body while it has it in hand: what it left must not be read once more.
TEST_CASE("a multipart form that was read by the network side stays as it is") {
  http::Request request;
  request.headers.set("Content-Type", "multipart/form-data; boundary=b");
  request.form.add("kind", "CAPTION");
  request.files.push_back({"file", "c.vtt", "text/vtt", "WEBVTT\n"});
  REQUIRE(decode_body(BodyPolicy::multipart, request));
  CHECK(request.form.get("kind") == "CAPTION");
  REQUIRE(request.files.size() == 1);
}

TEST_CASE("a multipart form that comes whole is read here") {
  http::Request request;
  request.headers.set("Content-Type", "multipart/form-data; boundary=b");
  request.body = "--b\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nCAPTION\r\n--b--\r\n";
  REQUIRE(decode_body(BodyPolicy::multipart, request));
  CHECK(request.form.get("kind") == "CAPTION");

  http::Request broken;
  broken.headers.set("Content-Type", "multipart/form-data; boundary=b");
  broken.body = "no form";
  CHECK_FALSE(decode_body(BodyPolicy::multipart, broken));
}

}  // namespace tongxing::routing
