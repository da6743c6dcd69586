// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/net/client.hpp"
#include "tests/integration/net/fake_app.hpp"
#include "tests/support/catch.hpp"

#include <filesystem>
#include <string>

using namespace tongxing;
using namespace tongxing::test;

namespace {

std::string pattern(std::size_t size) {
  std::string content(size, '\0');
  for (std::size_t i = 0; i < size; ++i) content[i] = static_cast<char>(i * 7 + i / 251);
  return content;
}

}  // namespace

TEST_CASE("Files of every size are sent whole", "[net][file]") {
  FakeApp app;
  const auto server = net::Server::start(quick_options(), app);
  RawClient client(server->port());
  for (const std::size_t size : {0UL, 1UL, 4096UL, 65536UL, 65537UL, 500'000UL, 9'000'000UL}) {
    INFO(size);
    const auto content = pattern(size);
    app.add_file("f", content);
    const auto reply = client.ask(get("/file/f"));
    CHECK(reply.status == 200);
    CHECK(reply.field("content-length") == std::to_string(size));
    CHECK(reply.field("accept-ranges") == "bytes");
    CHECK((reply.body == content));
  }
}

TEST_CASE("Ranges, conditions and HEAD, small and large", "[net][file]") {
  const std::size_t size = GENERATE(1000UL, 200'000UL);
  FakeApp app;
  const auto server = net::Server::start(quick_options(), app);
  const auto content = pattern(size);
  app.add_file("f", content);
  RawClient client(server->port());

  const auto whole = client.ask(get("/file/f"));
  const auto etag = whole.field("etag");
  const auto part = client.ask(get("/file/f", "Range: bytes=10-19\r\n"));
  CHECK(part.status == 206);
  CHECK(part.body == content.substr(10, 10));
  CHECK(part.field("content-range") == "bytes 10-19/" + std::to_string(size));
  CHECK((client.ask(get("/file/f", "Range: bytes=-100\r\n")).body == content.substr(size - 100)));
  CHECK((client.ask(get("/file/f", "Range: bytes=500-\r\n")).body == content.substr(500)));
  CHECK(client.ask(get("/file/f", "Range: bytes=0-1,5-6\r\n")).status == 200);
  const auto beyond = client.ask(get("/file/f", "Range: bytes=99999999-\r\n"));
  CHECK(beyond.status == 416);
  CHECK(beyond.field("content-range") == "bytes */" + std::to_string(size));
  CHECK(client.ask(get("/file/f", "Range: bytes=0-9\r\nIf-Range: \"old\"\r\n")).status == 200);
  CHECK(client.ask(get("/file/f", "Range: bytes=0-9\r\nIf-Range: " + etag + "\r\n")).status == 206);

  const auto same = client.ask(get("/file/f", "If-None-Match: " + etag + "\r\n"));
  CHECK(same.status == 304);
  CHECK(same.body.empty());
  CHECK(same.field("etag") == etag);
  CHECK(same.field("content-type").empty());
  CHECK(client.ask(get("/file/f", "If-Modified-Since: " + whole.field("last-modified") + "\r\n")).status ==
        304);

  client.send("HEAD /file/f HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto head = client.read_reply(true);
  CHECK(head.status == 200);
  CHECK(head.field("content-length") == std::to_string(size));
  // No byte of a body is left in the way.
  CHECK(client.ask(get("/hello")).body == "hello you");
}

TEST_CASE("A file that is replaced is seen at once", "[net][file]") {
  FakeApp app;
  const auto server = net::Server::start(quick_options(), app);
  RawClient client(server->port());
  app.add_file("f", "one");
  CHECK(client.ask(get("/file/f")).body == "one");
  app.add_file("f", "two");
  CHECK(client.ask(get("/file/f")).body == "two");
  app.add_file("f", pattern(100'000));
  CHECK(client.ask(get("/file/f")).body.size() == 100'000);
}

TEST_CASE("What is not a regular file is not found", "[net][file]") {
  FakeApp app;
  const auto server = net::Server::start(quick_options(), app);
  RawClient client(server->port());
  CHECK(client.ask(get("/file/none")).status == 404);
  CHECK(client.ask(get("/hello")).status == 200);
  const auto path = app.add_file("f", "x");
  std::filesystem::create_symlink("/etc/passwd", path.parent_path() / "link");
  std::filesystem::create_directory(path.parent_path() / "folder");
  CHECK(client.ask(get("/file/link")).status == 404);
  CHECK(client.ask(get("/file/folder")).status == 404);
  CHECK(RawClient(server->port()).ask(get("/file/../f")).status == 400);
  CHECK(RawClient(server->port()).ask(get("/file/%2e%2e/f")).status == 400);
  CHECK(RawClient(server->port()).ask(get("/file/..%2ff")).status == 400);
}

TEST_CASE("Shared bytes answer conditions by their tag", "[net][file]") {
  FakeApp app;
  const auto server = net::Server::start(quick_options(), app);
  RawClient client(server->port());
  CHECK(client.ask(get("/tagged")).body == "tagged");
  CHECK(client.ask(get("/tagged", "If-None-Match: W/\"v1\"\r\n")).status == 304);
  CHECK(client.ask(get("/tagged", "If-None-Match: \"v2\"\r\n")).status == 200);
}
