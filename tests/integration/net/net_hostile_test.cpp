// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/net/client.hpp"
#include "tests/integration/net/fake_app.hpp"
#include "tests/support/catch.hpp"

#include <ctime>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace tongxing;
using namespace tongxing::test;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

/// A second request hides behind each of these: if the server ever answers it, it was smuggled.
const std::string kHidden = "GET /hello?name=smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

std::vector<std::pair<std::string, std::string>> hostile_requests() {
  const std::string p = "POST /echo HTTP/1.1\r\nHost: a\r\n";
  const std::string g = "GET /hello HTTP/1.1\r\n";
  return {
      {"length then chunked", p + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
      {"chunked then length", p + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"},
      {"chunked twice", p + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
      {"identity and length", p + "Transfer-Encoding: identity\r\nContent-Length: 5\r\n\r\nabcde"},
      {"gzip alone", p + "Transfer-Encoding: gzip\r\n\r\n"},
      {"chunked, identity", p + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"},
      {"xchunked", p + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"},
      {"quoted chunked", p + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n"},
      {"vertical tab", p + "Transfer-Encoding: \x0b"
                           "chunked\r\n\r\n0\r\n\r\n"},
      {"space before colon", p + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"},
      {"1.0 and chunked", "POST /echo HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
      {"two equal lengths", p + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nabcde"},
      {"two lengths", p + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcde"},
      {"length list", p + "Content-Length: 5, 5\r\n\r\nabcde"},
      {"plus", p + "Content-Length: +5\r\n\r\nabcde"},
      {"minus", p + "Content-Length: -1\r\n\r\n"},
      {"hex", p + "Content-Length: 0x5\r\n\r\nabcde"},
      {"2^64", p + "Content-Length: 18446744073709551616\r\n\r\n"},
      {"2^64-1", p + "Content-Length: 18446744073709551615\r\n\r\n"},
      {"underscore", p + "Content_Length: 5\r\n\r\n"},
      {"GET with body", g + "Host: a\r\nContent-Length: 5\r\n\r\nabcde"},
      {"no host", g + "\r\n"},
      {"two hosts", g + "Host: a\r\nHost: b\r\n\r\n"},
      {"host with user", g + "Host: a@b\r\n\r\n"},
      {"absolute form", "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"raw UTF-8", "GET /\xe5\x90\x8c HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"h2c",
       g + "Host: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMA\r\n\r\n"},
      {"h2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
      {"bare line feeds", "GET /hello HTTP/1.1\nHost: a\n\n"},
      {"one bare line feed", g + "Host: a\nX: y\r\n\r\n"},
      {"bare CR", g + "Host: a\rX: y\r\n\r\n"},
      {"NUL", g + std::string("Host: a\r\nX: \0y\r\n\r\n", 18)},
      {"leading space field", g + " Host: a\r\n\r\n"},
      {"empty name", g + "Host: a\r\n: x\r\n\r\n"},
      {"no colon", g + "Host: a\r\nX\r\n\r\n"},
      {"8-bit name", g + "Host: a\r\nX\xe9: y\r\n\r\n"},
      {"tab in the request line", "GET\t/hello HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"two spaces", "GET  /hello HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"HTTP/1.2", "GET /hello HTTP/1.2\r\nHost: a\r\n\r\n"},
      {"HTTP/0.9", "GET /hello\r\n\r\n"},
      {"lower case version", "GET /hello http/1.1\r\nHost: a\r\n\r\n"},
      {"TRACE", "TRACE /hello HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"CONNECT", "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"chunk size overflow", p + "Transfer-Encoding: chunked\r\n\r\n10000000000000000\r\n"},
      {"chunk 0x5", p + "Transfer-Encoding: chunked\r\n\r\n0x5\r\nabcde\r\n0\r\n\r\n"},
      {"chunk space", p + "Transfer-Encoding: chunked\r\n\r\n 5\r\nabcde\r\n0\r\n\r\n"},
      {"chunk minus", p + "Transfer-Encoding: chunked\r\n\r\n-5\r\nabcde\r\n0\r\n\r\n"},
      {"chunk line feed", p + "Transfer-Encoding: chunked\r\n\r\n5\nabcde\r\n0\r\n\r\n"},
      {"chunk without line end", p + "Transfer-Encoding: chunked\r\n\r\n5\r\nabcdeX0\r\n\r\n"},
      {"traversal", "GET /file/../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"encoded traversal", "GET /file/%2e%2e/x HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"encoded slash", "GET /file/..%2fx HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"NUL in the path", "GET /file/a%00b HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"overlong", "GET /file/%c0%ae%c0%ae/x HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"TLS hello",
       std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11) + std::string(100, 'x') + "\r\n\r\n"},
  };
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("Hostile requests get one refusal and the connection ends", "[net][hostile]") {
  FakeApp app;
  const auto server = net::Server::start(quick_options(), app);
  for (const auto& [what, bytes] : hostile_requests()) {
    INFO(what);
    RawClient client(server->port());
    client.send(bytes + kHidden);
    const std::string answer = client.read_to_end();
    CHECK(count(answer, "HTTP/1.1 ") == 1);
    CHECK(count(answer, "refused ") == 1);
    CHECK_FALSE(answer.contains("smuggled"));
    CHECK(answer.contains("Connection: close"));
  }
  CHECK(app.submitted == 0);
  CHECK(RawClient(server->port()).ask(get("/hello")).status == 200);
}

TEST_CASE("Slow heads and bodies are ended", "[net][hostile]") {
  FakeApp app;
  const auto server = net::Server::start(quick_options(), app);
  SECTION("nothing at all: closed without a word") {
    RawClient client(server->port());
    CHECK(client.read_to_end().empty());
  }
  SECTION("half a head, byte by byte") {
    RawClient client(server->port());
    client.send("GET /hello HTTP/1.1\r\nHo");
    CHECK(client.read_reply().status == 408);
    CHECK(client.ended_within(milliseconds(3000)));
  }
  SECTION("half a body") {
    RawClient client(server->port());
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nabc");
    CHECK(client.read_reply().status == 408);
    CHECK(app.submitted == 0);
  }
  SECTION("an idle connection") {
    RawClient client(server->port());
    CHECK(client.ask(get("/hello")).status == 200);
    CHECK(client.ended_within(milliseconds(2000)));
  }
  SECTION("a client that hangs up in the middle of a body") {
    RawClient client(server->port());
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nabc");
    client.close();
    CHECK(RawClient(server->port()).ask(get("/hello")).status == 200);
    CHECK(app.submitted == 0);
  }
}

TEST_CASE("A slow reader disturbs nobody and is let go", "[net][hostile]") {
  FakeApp app;
  app.add_file("large", std::string(20'000'000, 'x'));
  auto options = quick_options();
  options.threads = 1;
  const auto server = net::Server::start(options, app);
  RawClient slow(server->port(), 4096);
  slow.send(get("/file/large"));
  RawClient other(server->port());
  const auto began = steady_clock::now();
  std::size_t served = 0;
  while (steady_clock::now() - began < milliseconds(1500)) {
    slow.read_some(1);
    const auto asked = steady_clock::now();
    REQUIRE(other.ask(get("/hello")).status == 200);
    CHECK(steady_clock::now() - asked < milliseconds(500));
    ++served;
    std::this_thread::sleep_for(milliseconds(20));
  }
  CHECK(served > 10);
  CHECK(server->counters().connections_open == 1);
}

// UBSan's check of virtual tables opens a pipe to see whether an address can be read: without descriptors it
// takes every object for a broken one. So this test is for the other builds.
#if !__has_feature(undefined_behavior_sanitizer)
TEST_CASE("Without descriptors the server waits, does not spin, and recovers", "[net][hostile]") {
  FakeApp app;
  const auto server = net::Server::start(quick_options(), app);
  REQUIRE(RawClient(server->port()).ask(get("/hello")).status == 200);
  std::this_thread::sleep_for(milliseconds(100));
  const int client = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int first_free = ::dup(client);
  ::close(first_free);
  rlimit usual{};
  ::getrlimit(RLIMIT_NOFILE, &usual);
  rlimit none_left = usual;
  none_left.rlim_cur = static_cast<rlim_t>(first_free);
  ::setrlimit(RLIMIT_NOFILE, &none_left);

  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(server->port());
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int connected = ::connect(client, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  const std::string request = get("/hello");
  const ssize_t sent = ::send(client, request.data(), request.size(), MSG_NOSIGNAL);
  const auto before = std::clock();
  pollfd answer{client, POLLIN, 0};
  const int early = ::poll(&answer, 1, 400);
  const auto spent = std::clock() - before;
  ::setrlimit(RLIMIT_NOFILE, &usual);
  const int late = ::poll(&answer, 1, 2000);
  ::close(client);

  CHECK(connected == 0);
  CHECK(sent == static_cast<ssize_t>(request.size()));
  CHECK(early == 0);
  CHECK(late == 1);
  CHECK(spent < CLOCKS_PER_SEC / 10);
}
#endif
