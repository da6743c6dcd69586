// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/multipart.hpp"

#include "tests/support/catch.hpp"

namespace tongxing::http {

TEST_CASE("a form with a file is read as browsers send it") {
  const std::string type = "multipart/form-data; boundary=----WebKitFormBoundaryAAAAAAAAAAAAAAAA";
  const std::string body =
      "------WebKitFormBoundaryAAAAAAAAAAAAAAAA\r\n"
      "Content-Disposition: form-data; name=\"csrf\"\r\n\r\nabc\r\n"
      "------WebKitFormBoundaryAAAAAAAAAAAAAAAA\r\n"
      "Content-Disposition: form-data; name=\"file\"; filename=\"字幕.vtt\"\r\n"
      "Content-Type: text/vtt\r\n\r\nWEBVTT\n\n00:01.000 --> 00:02.000\n你好\n\r\n"
      "------WebKitFormBoundaryAAAAAAAAAAAAAAAA--\r\n";
  const auto boundary = multipart_boundary(type);
  REQUIRE(boundary);
  CHECK(*boundary == "----WebKitFormBoundaryAAAAAAAAAAAAAAAA");
  const auto form = parse_multipart(body, *boundary);
  REQUIRE(form);
  CHECK(form->fields.get("csrf") == "abc");
  REQUIRE(form->files.size() == 1);
  CHECK(form->files.front().name == "file");
  CHECK(form->files.front().filename == "字幕.vtt");
  CHECK(form->files.front().content_type == "text/vtt");
  CHECK(form->files.front().bytes == "WEBVTT\n\n00:01.000 --> 00:02.000\n你好\n");
}

TEST_CASE("a file field that was left empty is no file") {
  const auto form = parse_multipart(
      "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n"
      "Content-Type: application/octet-stream\r\n\r\n\r\n--b--\r\n",
      "b");
  REQUIRE(form);
  CHECK(form->files.empty());
}

TEST_CASE("what is no multipart form is refused") {
  for (const char* body :
       {"", "x", "--b", "--b\r\n", "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx"}) {
    CHECK_FALSE(parse_multipart(body, "b"));
  }
}

}  // namespace tongxing::http
