// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/net/client.hpp"
#include "tests/integration/net/fake_app.hpp"
#include "tests/support/catch.hpp"

#include <string>
#include <system_error>

using namespace tongxing;
using namespace tongxing::test;
using std::chrono::milliseconds;

namespace {

struct Running {
  explicit Running(const net::ServerOptions& options = quick_options())
      : server(net::Server::start(options, app)) {}
  FakeApp app;
  std::unique_ptr<net::Server> server;
  [[nodiscard]] std::uint16_t port() const { return server->port(); }
};

std::string post(std::string_view target, std::string_view body, std::string_view fields = {}) {
  return "POST " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(fields) +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

}  // namespace

TEST_CASE("A connection serves many requests, one after another and pipelined", "[net]") {
  Running run;
  RawClient client(run.port());
  for (int i = 0; i < 3; ++i) {
    const auto reply = client.ask(get("/hello?name=%E5%90%8C"));
    CHECK(reply.status == 200);
    CHECK(reply.body == "hello 同");
    CHECK(reply.field("connection") == "keep-alive");
    CHECK(reply.field("date").ends_with("GMT"));
  }
  client.send(get("/hello?name=1") + post("/echo", "two") + get("/hello?name=3"));
  CHECK(client.read_reply().body == "hello 1");
  CHECK(client.read_reply().body == "body=two trailer=none");
  CHECK(client.read_reply().body == "hello 3");
  CHECK(run.server->counters().requests_total == 6);
  CHECK(run.server->counters().connections_open == 1);
}

TEST_CASE("A hundred pipelined requests are all answered in order", "[net]") {
  Running run;
  RawClient client(run.port());
  std::string all;
  for (int i = 0; i < 100; ++i) all += get("/hello?name=" + std::to_string(i));
  client.send(all);
  for (int i = 0; i < 100; ++i) REQUIRE(client.read_reply().body == "hello " + std::to_string(i));
}

TEST_CASE("A request may arrive one byte at a time", "[net]") {
  Running run;
  RawClient client(run.port());
  for (const char c : post("/echo", "slowly")) client.send(std::string(1, c));
  CHECK(client.read_reply().body == "body=slowly trailer=none");
}

TEST_CASE("Connection: close and HTTP/1.0 end the connection", "[net]") {
  Running run;
  RawClient first(run.port());
  CHECK(first.ask(get("/hello", "Connection: close\r\n")).field("connection") == "close");
  CHECK(first.ended_within(milliseconds(1000)));
  RawClient second(run.port());
  CHECK(second.ask("GET /hello HTTP/1.0\r\nHost: a\r\n\r\n").status == 200);
  CHECK(second.ended_within(milliseconds(1000)));
}

TEST_CASE("Requests per connection are limited", "[net]") {
  auto options = quick_options();
  options.limits.requests_per_connection = 2;
  Running run(options);
  RawClient client(run.port());
  CHECK(client.ask(get("/hello")).field("connection") == "keep-alive");
  CHECK(client.ask(get("/hello")).field("connection") == "close");
  CHECK(client.ended_within(milliseconds(1000)));
}

TEST_CASE("Bodies reach the handler decoded; trailers never do", "[net]") {
  Running run;
  RawClient client(run.port());
  CHECK(client.ask(post("/echo", "a=1&b=%E5%90%8C", "Content-Type: application/x-www-form-urlencoded\r\n"))
            .body == "body=a=1&b=%E5%90%8C a=1 b=同 trailer=none");
  const std::string multipart =
      "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"c.vtt\"\r\n\r\nWEBVTT\r\n--B--\r\n";
  CHECK(client.ask(post("/echo", multipart, "Content-Type: multipart/form-data; boundary=B\r\n")).body ==
        "body= file:c.vtt=WEBVTT trailer=none");
  CHECK(client
            .ask("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
                 "chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n"
                 "X-Trailer: forged\r\n\r\n")
            .body == "body=abcde trailer=none");
  CHECK(client.ask(post("/echo", "--B", "Content-Type: multipart/form-data; boundary=B\r\n")).status == 400);
}

TEST_CASE("Limits of heads and bodies", "[net]") {
  Running run;
  SECTION("a head of 64 KB") {
    RawClient client(run.port());
    CHECK(client.ask(get("/hello", "X: " + std::string(65536, 'a') + "\r\n")).status == 431);
    CHECK(client.ended_within(milliseconds(3000)));
  }
  SECTION("just over the limit, and just below") {
    RawClient client(run.port());
    CHECK(client.ask(get("/hello", "X: " + std::string(8000, 'a') + "\r\n")).status == 200);
    CHECK(client.ask(get("/hello", "X: " + std::string(8192, 'a') + "\r\n")).status == 431);
  }
  SECTION("101 fields") {
    std::string fields;
    for (int i = 0; i < 101; ++i) fields += "X" + std::to_string(i) + ": 1\r\n";
    CHECK(RawClient(run.port()).ask(get("/hello", fields)).status == 431);
  }
  SECTION("a body over the route's limit is refused before it is read") {
    RawClient client(run.port());
    const auto reply = client.ask(
        "POST /echo HTTP/1.1\r\nHost: a\r\nAccept-Language: yue\r\nContent-Length: 100001\r\n\r\n");
    CHECK(reply.status == 413);
    CHECK(reply.body == "refused 413 yue");
  }
  SECTION("a chunked body over the limit") {
    RawClient client(run.port());
    std::string body = "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (int i = 0; i < 20; ++i) body += "2000\r\n" + std::string(0x2000, 'x') + "\r\n";
    CHECK(client.ask(body + "0\r\n\r\n").status == 413);
  }
  SECTION("the largest body that is allowed") {
    const auto reply = RawClient(run.port()).ask(post("/echo", std::string(100'000, 'x')));
    CHECK(reply.status == 200);
    CHECK(reply.body.size() == 100'000 + 18);
  }
  CHECK(run.app.submitted <= 1);
}

TEST_CASE("The refusal of a large body arrives although the client goes on sending", "[net]") {
  Running run;
  RawClient client(run.port());
  client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 8000000\r\n\r\n");
  client.send(std::string(4'000'000, 'x'));
  CHECK(client.read_reply().status == 413);
}

TEST_CASE("Expect: 100-continue is honoured once the plan agrees", "[net]") {
  Running run;
  RawClient client(run.port());
  client.send("POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  CHECK(client.read_reply().status == 100);
  client.send("abc");
  CHECK(client.read_reply().body == "body=abc trailer=none");
  CHECK(
      client.ask("POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 9999999\r\n\r\n")
          .status == 413);
}

TEST_CASE("Faults and full queues are answered", "[net]") {
  Running run;
  CHECK(RawClient(run.port()).ask(get("/fault")).status == 500);
  RawClient client(run.port());
  const auto full = client.ask(get("/full"));
  CHECK(full.status == 503);
  CHECK_FALSE(full.field("retry-after").empty());
  // Without a body in the way, the connection is still good.
  CHECK(client.ask(get("/hello")).status == 200);
  const auto split = client.ask(get("/split"));
  CHECK(split.body == "x");
  CHECK(split.field("x-forged").empty());
}

TEST_CASE("Forwarding fields count only from trusted proxies", "[net]") {
  const std::string fields = "X-Forwarded-For: 6.6.6.6, 203.0.113.9\r\nX-Forwarded-Proto: https\r\n";
  {
    Running run;
    CHECK(RawClient(run.port()).ask(get("/who", fields)).body == "127.0.0.1 plain http://localhost none");
  }
  auto options = quick_options();
  options.trusted_proxies = {"127.0.0.1"};
  options.allowed_hosts = {"LOCALHOST"};
  Running run(options);
  CHECK(RawClient(run.port()).ask(get("/who", fields)).body == "203.0.113.9 secure https://localhost none");
  CHECK(RawClient(run.port()).ask(get("/who")).body == "127.0.0.1 plain http://localhost none");
  CHECK(RawClient(run.port()).ask("GET /who HTTP/1.1\r\nHost: evil.example\r\n\r\n").status == 400);
}

TEST_CASE("A taken port is an error, not a quiet share", "[net]") {
  Running run;
  auto options = quick_options();
  options.port = run.port();
  FakeApp other;
  CHECK_THROWS_AS(net::Server::start(options, other), std::system_error);
}

TEST_CASE("Too many connections are told so", "[net]") {
  auto options = quick_options();
  options.limits.connections = 2;
  options.limits.idle_deadline = milliseconds(5000);
  Running run(options);
  RawClient first(run.port());
  RawClient second(run.port());
  CHECK(first.ask(get("/hello")).status == 200);
  CHECK(second.ask(get("/hello")).status == 200);
  RawClient third(run.port());
  CHECK(third.read_reply().status == 503);
  CHECK(third.ended_within(milliseconds(1000)));
  CHECK(first.ask(get("/hello")).status == 200);
}
