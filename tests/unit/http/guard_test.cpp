// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/guard.hpp"

#include "tests/support/catch.hpp"

#include <string>
#include <utility>
#include <vector>

using namespace tongxing::http;

namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

struct Case {
  std::string what;
  std::string method;
  std::string target;
  unsigned version;
  Fields fields;
  GuardError expected;
};

std::expected<Framing, GuardError> run(const std::string& method, const std::string& target, unsigned version,
                                       const Fields& fields, const GuardRules& rules = {}) {
  Headers headers;
  for (const auto& [name, value] : fields) headers.add(name, value);
  return guard({method, target, version, headers}, rules);
}

const std::pair<std::string, std::string> kHost{"Host", "a.example"};
const std::pair<std::string, std::string> kChunked{"Transfer-Encoding", "chunked"};

}  // namespace

TEST_CASE("The guard refuses every head that could be read in two ways", "[guard]") {
  const std::vector<Case> cases{
      {"identity beside a length",
       "POST",
       "/",
       11,
       {kHost, {"Transfer-Encoding", "identity"}, {"Content-Length", "5"}},
       GuardError::transfer_encoding},
      {"gzip beside a length",
       "POST",
       "/",
       11,
       {kHost, {"Transfer-Encoding", "gzip"}, {"Content-Length", "5"}},
       GuardError::transfer_encoding},
      {"a length before gzip",
       "POST",
       "/",
       11,
       {kHost, {"Content-Length", "5"}, {"Transfer-Encoding", "gzip"}},
       GuardError::transfer_encoding},
      {"gzip alone", "POST", "/", 11, {kHost, {"Transfer-Encoding", "gzip"}}, GuardError::transfer_encoding},
      {"chunked, identity",
       "POST",
       "/",
       11,
       {kHost, {"Transfer-Encoding", "chunked, identity"}},
       GuardError::transfer_encoding},
      {"gzip, chunked",
       "POST",
       "/",
       11,
       {kHost, {"Transfer-Encoding", "gzip, chunked"}},
       GuardError::transfer_encoding},
      {"xchunked",
       "POST",
       "/",
       11,
       {kHost, {"Transfer-Encoding", "xchunked"}},
       GuardError::transfer_encoding},
      {"quoted chunked",
       "POST",
       "/",
       11,
       {kHost, {"Transfer-Encoding", "\"chunked\""}},
       GuardError::transfer_encoding},
      {"chunked twice", "POST", "/", 11, {kHost, kChunked, kChunked}, GuardError::transfer_encoding},
      {"chunked and identity lines",
       "POST",
       "/",
       11,
       {kHost, kChunked, {"Transfer-Encoding", "identity"}},
       GuardError::transfer_encoding},
      {"vertical tab before chunked",
       "POST",
       "/",
       11,
       {kHost, {"Transfer-Encoding", "\vchunked"}},
       GuardError::field_value},
      {"chunked on 1.0", "POST", "/", 10, {kHost, kChunked}, GuardError::transfer_encoding},
      {"chunked on GET", "GET", "/", 11, {kHost, kChunked}, GuardError::unexpected_body},
      {"chunked and a length",
       "POST",
       "/",
       11,
       {kHost, kChunked, {"Content-Length", "5"}},
       GuardError::content_length},
      {"two equal lengths",
       "POST",
       "/",
       11,
       {kHost, {"Content-Length", "5"}, {"Content-Length", "5"}},
       GuardError::content_length},
      {"two lengths in one field",
       "POST",
       "/",
       11,
       {kHost, {"Content-Length", "5, 5"}},
       GuardError::content_length},
      {"a plus", "POST", "/", 11, {kHost, {"Content-Length", "+5"}}, GuardError::content_length},
      {"a minus", "POST", "/", 11, {kHost, {"Content-Length", "-1"}}, GuardError::content_length},
      {"hexadecimal", "POST", "/", 11, {kHost, {"Content-Length", "0x5"}}, GuardError::content_length},
      {"2^64",
       "POST",
       "/",
       11,
       {kHost, {"Content-Length", "18446744073709551616"}},
       GuardError::content_length},
      {"2^64-1",
       "POST",
       "/",
       11,
       {kHost, {"Content-Length", "18446744073709551615"}},
       GuardError::content_length},
      {"an empty length", "POST", "/", 11, {kHost, {"Content-Length", ""}}, GuardError::content_length},
      {"underscore", "POST", "/", 11, {kHost, {"Content_Length", "5"}}, GuardError::field_name},
      {"space in a name", "POST", "/", 11, {kHost, {"Content-Length ", "5"}}, GuardError::field_name},
      {"empty name", "POST", "/", 11, {kHost, {"", "5"}}, GuardError::field_name},
      {"8-bit name", "POST", "/", 11, {kHost, {"Caf\xc3\xa9", "5"}}, GuardError::field_name},
      {"NUL in a value", "GET", "/", 11, {kHost, {"X", std::string("a\0b", 3)}}, GuardError::field_value},
      {"bare CR in a value", "GET", "/", 11, {kHost, {"X", "a\rb"}}, GuardError::field_value},
      {"DEL in a value", "GET", "/", 11, {kHost, {"X", "a\x7f"}}, GuardError::field_value},
      {"GET with a body", "GET", "/", 11, {kHost, {"Content-Length", "5"}}, GuardError::unexpected_body},
      {"HEAD with a body", "HEAD", "/", 11, {kHost, {"Content-Length", "5"}}, GuardError::unexpected_body},
      {"no host", "GET", "/", 11, {}, GuardError::host},
      {"no host on 1.0", "GET", "/", 10, {}, GuardError::host},
      {"two hosts", "GET", "/", 11, {kHost, kHost}, GuardError::host},
      {"empty host", "GET", "/", 11, {{"Host", ""}}, GuardError::host},
      {"host with user", "GET", "/", 11, {{"Host", "a@b.example"}}, GuardError::host},
      {"host with path", "GET", "/", 11, {{"Host", "b.example/x"}}, GuardError::host},
      {"host with comma", "GET", "/", 11, {{"Host", "a,b"}}, GuardError::host},
      {"host with a bad port", "GET", "/", 11, {{"Host", "a.example:99999"}}, GuardError::host},
      {"host with an empty port", "GET", "/", 11, {{"Host", "a.example:"}}, GuardError::host},
      {"broken IPv6 host", "GET", "/", 11, {{"Host", "[::1"}}, GuardError::host},
      {"absolute form", "GET", "http://b.example/", 11, {kHost}, GuardError::target},
      {"authority form", "GET", "b.example:443", 11, {kHost}, GuardError::target},
      {"asterisk form", "OPTIONS", "*", 11, {kHost}, GuardError::target},
      {"empty target", "GET", "", 11, {kHost}, GuardError::target},
      {"raw UTF-8 target", "GET", "/\xe5\x90\x8c", 11, {kHost}, GuardError::target},
      {"backslash in the target", "GET", "/a\\b", 11, {kHost}, GuardError::target},
      {"space in the target", "GET", "/a b", 11, {kHost}, GuardError::target},
      {"h2c", "GET", "/", 11, {kHost, {"Upgrade", "h2c"}, {"Connection", "Upgrade"}}, GuardError::upgrade},
      {"WebSocket", "GET", "/", 11, {kHost, {"Upgrade", "websocket"}}, GuardError::upgrade},
      {"HTTP2-Settings", "GET", "/", 11, {kHost, {"HTTP2-Settings", "AAMA"}}, GuardError::upgrade},
      {"Connection names the length",
       "POST",
       "/",
       11,
       {kHost, {"Connection", "close, Content-Length"}, {"Content-Length", "5"}},
       GuardError::connection},
      {"Connection names the encoding",
       "POST",
       "/",
       11,
       {kHost, {"Connection", "transfer-encoding"}, kChunked},
       GuardError::connection},
      {"TRACE", "TRACE", "/", 11, {kHost}, GuardError::method},
      {"CONNECT", "CONNECT", "/", 11, {kHost}, GuardError::method},
      {"lower case method", "get", "/", 11, {kHost}, GuardError::method},
      {"unknown method", "BREW", "/", 11, {kHost}, GuardError::method},
      {"version 1.2", "GET", "/", 12, {kHost}, GuardError::version},
      {"version 0.9", "GET", "/", 9, {kHost}, GuardError::version},
      {"version 2.0", "GET", "/", 20, {kHost}, GuardError::version},
      {"another expectation", "POST", "/", 11, {kHost, {"Expect", "payment"}}, GuardError::expectation},
  };
  for (const Case& c : cases) {
    INFO(c.what);
    const auto outcome = run(c.method, c.target, c.version, c.fields);
    REQUIRE_FALSE(outcome.has_value());
    CHECK(to_string(outcome.error()) == to_string(c.expected));
    CHECK(status_of(outcome.error()) >= 400);
  }
}

TEST_CASE("The guard accepts plain requests and says how they are framed", "[guard]") {
  const auto get = run("GET", "/courses?page=2", 11, {kHost, {"Accept", "text/html"}});
  REQUIRE(get);
  CHECK(get->method == Method::get);
  CHECK_FALSE(get->has_body());
  CHECK(get->keep_alive);

  const auto post = run("POST", "/x", 11, {kHost, {"Content-Length", "17"}, {"Expect", "100-Continue"}});
  REQUIRE(post);
  CHECK(post->content_length == 17);
  CHECK(post->has_body());
  CHECK(post->expect_continue);

  const auto chunked = run("PATCH", "/x", 11, {kHost, {"transfer-encoding", "Chunked"}});
  REQUIRE(chunked);
  CHECK(chunked->chunked);

  CHECK(run("GET", "/", 11, {kHost, {"Content-Length", "0"}}).has_value());
  CHECK(run("GET", "/", 11, {{"host", "[::1]:8080"}}).has_value());
  CHECK(run("GET", "/", 11, {{"Host", "127.0.0.1:65535"}}).has_value());
  CHECK(run("GET", "/", 11, {kHost, {"Accept-Language", "\xe7\xb2\xa4"}}).has_value());
  // Never obeyed, so harmless.
  CHECK(run("POST", "/", 11, {kHost, {"X-HTTP-Method-Override", "DELETE"}})->method == Method::post);
}

TEST_CASE("The connection goes on or closes as RFC 9112 section 9.3 says", "[guard]") {
  CHECK(run("GET", "/", 11, {kHost})->keep_alive);
  CHECK_FALSE(run("GET", "/", 11, {kHost, {"Connection", "Close"}})->keep_alive);
  CHECK_FALSE(run("GET", "/", 11, {kHost, {"Connection", "keep-alive, close"}})->keep_alive);
  CHECK_FALSE(run("GET", "/", 10, {kHost})->keep_alive);
  CHECK(run("GET", "/", 10, {kHost, {"Connection", "keep-alive"}})->keep_alive);
}

TEST_CASE("Only our own hosts pass where they are listed", "[guard]") {
  const GuardRules rules{100, {"learn.example", "[::1]"}};
  const auto with_host = [&](const std::string& host) {
    return run("GET", "/", 11, {{"Host", host}}, rules);
  };
  CHECK(with_host("learn.example"));
  CHECK(with_host("Learn.Example:8080"));
  CHECK(with_host("learn.example."));
  CHECK(with_host("[::1]:80"));
  CHECK_FALSE(with_host("evil.example"));
  CHECK_FALSE(with_host("learn.example.evil.example"));
  CHECK_FALSE(with_host("xlearn.example"));
}

TEST_CASE("A head has at most the configured number of fields", "[guard]") {
  Fields fields{kHost};
  while (fields.size() < 100) fields.emplace_back("X" + std::to_string(fields.size()), "1");
  CHECK(run("GET", "/", 11, fields).has_value());
  fields.emplace_back("Y", "1");
  const auto outcome = run("GET", "/", 11, fields);
  REQUIRE_FALSE(outcome.has_value());
  CHECK(status_of(outcome.error()) == 431);
}
