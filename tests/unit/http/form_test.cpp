// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/form.hpp"

#include "server/http/multipart.hpp"
#include "tests/support/catch.hpp"

#include <string>

using namespace tongxing::http;

TEST_CASE("Form fields are decoded in order", "[form]") {
  const auto form = parse_form("title=%E5%90%8C%E8%A1%8C+x&tag=a&tag=b&empty=&bare&&a=b=c");
  REQUIRE(form);
  CHECK(form->get("title") == "同行 x");
  CHECK(form->get_all("tag").size() == 2);
  CHECK(form->get("empty") == "");
  CHECK(form->get("bare") == "");
  CHECK(form->get("a") == "b=c");
  CHECK(form->all().size() == 6);
  CHECK(parse_form("")->all().empty());
}

TEST_CASE("A stray percent sign stands for itself, bad text is refused", "[form]") {
  CHECK(parse_form("p=100%")->get("p") == "100%");
  CHECK(parse_form("p=%zz")->get("p") == "%zz");
  CHECK(parse_form("p=%ff").error() == FormError::invalid_text);
  CHECK(parse_form("p=%00").error() == FormError::invalid_text);
  CHECK(parse_form("a&b&c", 2).error() == FormError::too_many_fields);
  CHECK(parse_form("a&b", 2).has_value());
}

namespace {

std::string field(const std::string& disposition, const std::string& content) {
  return "--B\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n";
}

}  // namespace

TEST_CASE("Multipart bodies give fields and files", "[multipart]") {
  const std::string body =
      field("name=\"lang\"", "yue") +
      "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"C:\\x\\字幕 %22a%22.vtt\"\r\n"
      "Content-Type: text/vtt\r\n\r\nWEBVTT\r\n\r\n--BX not a delimiter\r\n" +
      "\r\n" + field("name=\"none\"; filename=\"\"", "") + field("name=plain", "") + "--B--\r\n";
  const auto form = parse_multipart(body, "B");
  // "\r\n--BX" begins with the delimiter, so RFC 2046 calls this body malformed.
  REQUIRE_FALSE(form.has_value());

  std::string fixed = body;
  fixed.replace(fixed.find("--BX"), 4, "-- BX");
  const auto good = parse_multipart(fixed, "B");
  REQUIRE(good);
  CHECK(good->fields.get("lang") == "yue");
  CHECK(good->fields.get("plain") == "");
  CHECK_FALSE(good->fields.get("none"));
  REQUIRE(good->files.size() == 1);
  CHECK(good->files[0].name == "file");
  CHECK(good->files[0].filename == "字幕 \"a\".vtt");
  CHECK(good->files[0].content_type == "text/vtt");
  CHECK(good->files[0].bytes == "WEBVTT\r\n\r\n-- BX not a delimiter\r\n");
}

TEST_CASE("Multipart: preamble, padding and epilogue are allowed", "[multipart]") {
  const auto form = parse_multipart(
      "preamble\r\n--B \t\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--B-- x", "B");
  REQUIRE(form);
  CHECK(form->fields.get("a") == "1");
  CHECK(parse_multipart("--B--", "B")->fields.all().empty());
}

TEST_CASE("Multipart: what is malformed or too much is refused", "[multipart]") {
  using enum MultipartError;
  CHECK(parse_multipart("", "B").error() == malformed);
  CHECK(parse_multipart("nothing", "B").error() == malformed);
  CHECK(parse_multipart(field("name=\"a\"", "1"), "B").error() == malformed);
  CHECK(parse_multipart("--B\r\nContent-Disposition: form-data; name=\"a\"\r\n--B--", "B").error() ==
        malformed);
  CHECK(parse_multipart("--B\nContent-Disposition: form-data; name=\"a\"\n\n1\n--B--", "B").error() ==
        malformed);
  CHECK(parse_multipart("--B\r\nbad line\r\n\r\n1\r\n--B--", "B").error() == malformed);
  CHECK(parse_multipart("--B\r\n\r\n1\r\n--B--", "B").error() == missing_name);
  CHECK(
      parse_multipart("--B\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n--B--", "B").error() ==
      missing_name);
  CHECK(parse_multipart(field("name=\"a\"", "\xff") + "--B--", "B").error() == invalid_text);
  CHECK(parse_multipart(field("name=\"\xff\"", "1") + "--B--", "B").error() == invalid_text);
  CHECK(parse_multipart(field("name=\"" + std::string(5000, 'a') + "\"", "1") + "--B--", "B").error() ==
        header_too_large);
  CHECK(parse_multipart(field("name=a", "1") + field("name=b", "2") + "--B--", "B", {1, 100}).error() ==
        too_many_parts);
}

TEST_CASE("The boundary comes from the content type", "[multipart]") {
  CHECK(multipart_boundary("multipart/form-data; boundary=abc") == "abc");
  CHECK(multipart_boundary("Multipart/Form-Data; charset=utf-8; Boundary=\"a b;c\"") == "a b;c");
  CHECK_FALSE(multipart_boundary("multipart/mixed; boundary=abc"));
  CHECK_FALSE(multipart_boundary("multipart/form-data"));
  CHECK_FALSE(multipart_boundary("multipart/form-data; boundary="));
  CHECK_FALSE(multipart_boundary("multipart/form-data; boundary=\"a"));
  CHECK_FALSE(multipart_boundary("multipart/form-data; boundary=" + std::string(71, 'a')));
}
