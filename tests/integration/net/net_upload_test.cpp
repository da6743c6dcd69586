// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/net/client.hpp"
#include "tests/integration/net/fake_app.hpp"
#include "tests/support/catch.hpp"

#include <string>

using namespace tongxing;
using namespace tongxing::test;
using std::chrono::milliseconds;

namespace {

std::string upload_head(std::size_t length, std::string_view fields = {}) {
  return "PATCH /upload HTTP/1.1\r\nHost: a\r\n" + std::string(fields) +
         "Content-Length: " + std::to_string(length) + "\r\n\r\n";
}

std::string content(std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 13 + i / 256);
  return bytes;
}

}  // namespace

TEST_CASE("An upload streams into its sink and the connection goes on", "[net][upload]") {
  FakeApp app;
  const auto server = net::Server::start(quick_options(), app);
  RawClient client(server->port());
  const auto bytes = content(5'000'000);
  const auto reply = client.ask(upload_head(bytes.size()) + bytes);
  CHECK(reply.status == 204);
  CHECK(reply.field("upload-offset") == "5000000");
  CHECK(reply.field("content-length").empty());
  CHECK((app.record->received == bytes));
  CHECK(app.record->finished == 1);
  CHECK(app.record->complete);
  CHECK(client.ask(get("/hello")).status == 200);
}

TEST_CASE("An empty upload and a chunked one", "[net][upload]") {
  FakeApp app;
  const auto server = net::Server::start(quick_options(), app);
  RawClient client(server->port());
  CHECK(client.ask(upload_head(0)).status == 204);
  CHECK(client
            .ask("PATCH /upload HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
                 "chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
            .status == 204);
  CHECK(app.record->received == "abcde");
  CHECK(app.record->finished == 2);
}

TEST_CASE("What was received is kept when the client vanishes", "[net][upload]") {
  FakeApp app;
  const auto server = net::Server::start(quick_options(), app);
  {
    RawClient client(server->port());
    client.send(upload_head(1'000'000) + std::string(300'000, 'x'));
  }
  REQUIRE(app.record->wait_finished());
  CHECK_FALSE(app.record->complete);
  CHECK(app.record->received.size() == 300'000);
  CHECK(app.record->finished == 1);
}

TEST_CASE("What was received is kept when the client falls silent", "[net][upload]") {
  FakeApp app;
  const auto server = net::Server::start(quick_options(), app);
  RawClient client(server->port());
  client.send(upload_head(1'000'000) + std::string(300'000, 'x'));
  REQUIRE(app.record->wait_finished());
  CHECK_FALSE(app.record->complete);
  CHECK(app.record->received.size() == 300'000);
  CHECK(client.ended_within(milliseconds(2000)));
}

TEST_CASE("Uploads that are not wanted are answered", "[net][upload]") {
  FakeApp app;
  const auto server = net::Server::start(quick_options(), app);
  RawClient client(server->port());
  SECTION("refused before a byte is read") {
    app.upload_refused = true;
    CHECK(client.ask(upload_head(10, "Expect: 100-continue\r\n")).status == 409);
    CHECK(app.record->finished == 0);
  }
  SECTION("over the plan's limit") {
    CHECK(client.ask(upload_head(65 * 1024 * 1024)).status == 413);
    CHECK(app.record->finished == 0);
  }
  SECTION("the sink wants no more") {
    app.record->refuse_after = 100'000;
    const auto bytes = content(3'000'000);
    const auto reply = client.ask(upload_head(bytes.size()) + bytes);
    CHECK(reply.status == 507);
    CHECK(reply.field("connection") == "close");
    CHECK_FALSE(app.record->complete);
    CHECK(app.record->finished == 1);
  }
}

TEST_CASE("Expect: 100-continue waits for the sink", "[net][upload]") {
  FakeApp app;
  const auto server = net::Server::start(quick_options(), app);
  RawClient client(server->port());
  client.send(upload_head(4, "Expect: 100-continue\r\n"));
  CHECK(client.read_reply().status == 100);
  client.send("abcd");
  CHECK(client.read_reply().status == 204);
  CHECK(app.record->received == "abcd");
}
