// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/net/client.hpp"
#include "tests/integration/net/fake_app.hpp"
#include "tests/support/catch.hpp"

#include <string>
#include <thread>

using namespace tongxing;
using namespace tongxing::test;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

TEST_CASE("Events reach every reader of their topic", "[net][events]") {
  FakeApp app;
  const auto server = net::Server::start(quick_options(), app);
  RawClient one(server->port());
  RawClient two(server->port());
  one.send(get("/events"));
  two.send(get("/events"));
  REQUIRE(one.read_until("data: first\n\n"));
  REQUIRE(two.read_until("data: first\n\n"));
  server->events().publish("other", "data: other\n\n");
  server->events().publish("topic", "data: a\n\n");
  server->events().publish("topic", "data: b\n\n");
  CHECK(one.read_until("data: a\n\ndata: b\n\n"));
  CHECK(two.read_until("data: a\n\ndata: b\n\n"));
  CHECK(one.read_until(":\n\n"));
  server->stop();
  const auto rest = one.read_to_end();
  CHECK(rest.contains("text/event-stream"));
  CHECK_FALSE(rest.contains("other"));
}

TEST_CASE("An event published just before a reader comes is not lost", "[net][events]") {
  FakeApp app;
  const auto server = net::Server::start(quick_options(), app);
  server->events().publish("topic", "data: early\n\n");
  RawClient client(server->port());
  client.send(get("/events"));
  CHECK(client.read_until("data: first\n\ndata: early\n\n"));
}

TEST_CASE("A reader that has gone is noticed, one that reads nothing is let go", "[net][events]") {
  FakeApp app;
  const auto server = net::Server::start(quick_options(), app);
  {
    RawClient client(server->port());
    client.send(get("/events"));
    REQUIRE(client.read_until("first"));
  }
  const auto until = steady_clock::now() + milliseconds(1000);
  while (server->counters().connections_open > 0 && steady_clock::now() < until) {
    std::this_thread::sleep_for(milliseconds(10));
  }
  CHECK(server->counters().connections_open == 0);

  RawClient deaf(server->port(), 4096);
  deaf.send(get("/events"));
  const std::string large = "data: " + std::string(500'000, 'x') + "\n\n";
  bool gone = false;
  for (int i = 0; i < 300 && !gone; ++i) {
    server->events().publish("topic", large);
    std::this_thread::sleep_for(milliseconds(10));
    gone = i > 20 && server->counters().connections_open == 0;
  }
  CHECK(gone);
}

TEST_CASE("Stopping lets a request in flight end", "[net][stop]") {
  FakeApp app;
  const auto server = net::Server::start(quick_options(), app);
  RawClient busy(server->port());
  RawClient idle(server->port());
  REQUIRE(idle.ask(get("/hello")).status == 200);
  busy.send(get("/slow"));
  while (app.submitted == 0) std::this_thread::sleep_for(milliseconds(5));
  const auto began = steady_clock::now();
  std::thread stopper([&] { server->stop(); });
  const auto reply = busy.read_reply();
  CHECK(reply.status == 200);
  CHECK(reply.field("connection") == "close");
  stopper.join();
  CHECK(steady_clock::now() - began < milliseconds(1200));
  CHECK(idle.ended_within(milliseconds(100)));
  CHECK(server->counters().connections_open == 0);
  CHECK_THROWS(RawClient(server->port()));
  server->stop();
}

TEST_CASE("Stopping does not wait for ever, and late answers do no harm", "[net][stop]") {
  FakeApp app;
  auto server = net::Server::start(quick_options(), app);
  RawClient stuck(server->port());
  stuck.send(get("/never"));
  while (app.submitted == 0) std::this_thread::sleep_for(milliseconds(5));
  const auto began = steady_clock::now();
  server->stop();
  const auto took = steady_clock::now() - began;
  CHECK(took >= milliseconds(1400));
  CHECK(took < milliseconds(3000));
  server.reset();
  app.release();
}

TEST_CASE("Stopping in the middle of an upload keeps what came", "[net][stop]") {
  FakeApp app;
  const auto server = net::Server::start(quick_options(), app);
  RawClient client(server->port());
  client.send("PATCH /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\n\r\n" + std::string(1000, 'x'));
  std::this_thread::sleep_for(milliseconds(100));
  server->stop();
  CHECK(app.record->finished == 1);
  CHECK_FALSE(app.record->complete);
  CHECK(app.record->received.size() == 1000);
}

TEST_CASE("Many clients at once, some of them rude", "[net][stop]") {
  FakeApp app;
  app.add_file("f", std::string(300'000, 'f'));
  const auto server = net::Server::start(quick_options(), app);
  std::vector<std::thread> threads;
  std::atomic<int> good{0};
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 20; ++i) {
        RawClient client(server->port());
        if (t % 2 == 0) {
          client.send(get("/file/f"));
          continue;
        }
        good += client.ask(get("/file/f")).body.size() == 300'000 ? 1 : 0;
        good += client.ask(get("/echo")).status == 200 ? 1 : 0;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(good == 4 * 20 * 2);
}
