// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/path.hpp"

#include "server/http/text.hpp"
#include "tests/support/catch.hpp"

#include <string>
#include <string_view>

using namespace tongxing::http;
using namespace std::string_view_literals;

TEST_CASE("Paths are percent-decoded exactly once", "[path]") {
  CHECK(decode_path("/").value() == "/");
  CHECK(decode_path("/a%20b").value() == "/a b");
  CHECK(decode_path("/%E5%90%8C%e8%a1%8c").value() == "/同行");
  CHECK(decode_path("/100%25").value() == "/100%");
  CHECK(decode_path("/%252e%252e/x").value() == "/%2e%2e/x");
  CHECK(decode_path("/a+b").value() == "/a+b");
  CHECK(decode_path("/a;x=1//b").value() == "/a;x=1//b");
  CHECK(decode_path("/.well-known/...x").value() == "/.well-known/...x");
}

TEST_CASE("Paths that could leave a folder, hide a separator or end a string are refused", "[path]") {
  CHECK(decode_path("a").error() == PathError::not_absolute);
  CHECK(decode_path("").error() == PathError::not_absolute);
  CHECK(decode_path("/%").error() == PathError::bad_escape);
  CHECK(decode_path("/%2").error() == PathError::bad_escape);
  CHECK(decode_path("/%zz").error() == PathError::bad_escape);
  for (const auto raw : {"/%00", "/a%2fb", "/a%2Fb", "/a%5cb", "/a\\b", "/a%0d%0ab", "/%7f", "/\x01"}) {
    INFO(raw);
    CHECK(decode_path(raw).error() == PathError::forbidden_byte);
  }
  for (const auto raw :
       {"/..", "/../x", "/a/..", "/a/../b", "/%2e%2e/x", "/.%2e", "/a/%2E./b", "/.", "/a/./b"}) {
    INFO(raw);
    CHECK(decode_path(raw).error() == PathError::dot_segment);
  }
  // Overlong '/' and '.', a surrogate, above U+10FFFF, a lone continuation, a truncated sequence.
  for (const auto raw :
       {"/%c0%af", "/%c0%ae%c0%ae", "/%e0%80%af", "/%ed%a0%80", "/%f4%90%80%80", "/%80", "/%e5%90"}) {
    INFO(raw);
    CHECK(decode_path(raw).error() == PathError::invalid_utf8);
  }
}

TEST_CASE("A target has a path and a query", "[path]") {
  CHECK(split_target("/a?b=c?d").path == "/a");
  CHECK(split_target("/a?b=c?d").query == "b=c?d");
  CHECK(split_target("/a").query.empty());
  CHECK(split_target("/a?b#c").query == "b");
}

TEST_CASE("Percent-encoding is undone by decoding", "[path]") {
  CHECK(percent_encode("/a b&同") == "%2Fa%20b%26%E5%90%8C");
  CHECK(percent_encode("aZ09-._~") == "aZ09-._~");
}

TEST_CASE("UTF-8 is checked to the letter", "[text]") {
  CHECK(is_utf8("a\xc2\x80\xe0\xa0\x80\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"));
  CHECK_FALSE(is_utf8("\xc1\x81"));
  CHECK_FALSE(is_utf8("\xf5\x80\x80\x80"));
  CHECK_FALSE(is_utf8("\xf0\x80\x80\x80"));
  CHECK_FALSE(is_utf8("\xe5\x90"));
}
