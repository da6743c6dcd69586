// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/media/engine_fixture.hpp"
#include "tests/media/hostile_containers.hpp"
#include "tests/media/worker_process.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/media_fixture.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace tongxing::tests;
namespace fs = std::filesystem;
using namespace std::string_literals;

namespace {

/// Listens on a port of 127.0.0.1 and counts who comes.
class Canary {
 public:
  Canary() : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* any = reinterpret_cast<sockaddr*>(&address);
    if (::bind(fd_, any, length) != 0 || ::listen(fd_, 8) != 0 || ::getsockname(fd_, any, &length) != 0) {
      throw std::runtime_error("no canary");
    }
    port_ = ntohs(address.sin_port);
  }
  Canary(const Canary&) = delete;
  Canary& operator=(const Canary&) = delete;
  ~Canary() { ::close(fd_); }

  [[nodiscard]] std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
  /// Comes by itself, to show that a visit would be seen.
  void visit() const {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port_));
    const int one = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ::connect(one, reinterpret_cast<sockaddr*>(&address), sizeof address);
    ::close(one);
  }
  /// How many connections wait.
  [[nodiscard]] int visitors() const {
    int count = 0;
    for (int one = ::accept(fd_, nullptr, nullptr); one >= 0; one = ::accept(fd_, nullptr, nullptr)) {
      ::close(one);
      ++count;
    }
    return count;
  }

 private:
  int fd_;
  int port_ = 0;
};

void write_text(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

std::string content_of(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

struct Refusal {
  int exit_code;
  std::string key;
};

Refusal refusal_of(const ScratchFolder& scratch, const std::string& content,
                   const std::string& name = "lesson.mp4") {
  write_text(scratch / name, content);
  fs::remove_all(scratch / "out");
  const WorkerRun run = package_by_worker(scratch / name, scratch.path());
  for (const auto& entry : fs::recursive_directory_iterator(scratch / "out")) {
    CHECK_FALSE(entry.path().filename() == "package.json");
  }
  return {run.exit_code, run.failed_key()};
}

std::ptrdiff_t folders_in(const fs::path& folder) {
  return std::distance(fs::directory_iterator(folder), fs::directory_iterator());
}

}  // namespace

TEST_CASE("what is no media is refused with a reason") {
  const ScratchFolder scratch;
  const auto check = [&](const std::string& content, const std::string& key) {
    const Refusal refusal = refusal_of(scratch, content);
    CAPTURE(content.substr(0, 40));
    CHECK(refusal.exit_code == 2);
    CHECK(refusal.key == key);
  };
  check("", "errors.media.empty");
  check("这是一份课程大纲，不是视频。\n第一课：和面\n", "errors.media.not_media");
  check(std::string(200'000, '\0'), "errors.media.not_media");
  check("\x89PNG\r\n\x1a\n" + "\0\0\0\rIHDR\0\0\xc3\x50\0\0\xc3\x50\x08\x06\0\0\0"s + std::string(500, 'x'),
        "errors.media.not_media");
  check("%PDF-1.7\n" + std::string(5'000, 'x'), "errors.media.not_media");
  check("PK\x03\x04" + std::string(5'000, 'z'), "errors.media.not_media");
  check("<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
        "errors.media.not_media");
  check(
      "\0\0\0\x20"
      "ftypisom\0\0\2\0isomiso2avc1mp41"s +
          std::string(5'000, 'x'),
      "errors.media.truncated");
}

TEST_CASE("forty files that name other files reach nothing") {
  const ScratchFolder scratch;
  const Canary canary;
  MediaOptions options;
  options.seconds = 1;
  options.width = 64;
  options.height = 48;
  make_test_video(scratch / "secret.ts", options);
  make_test_video(scratch / "secret.mp4", options);
  write_text(scratch / "secret.txt", "top secret\n");
  const auto files = hostile_containers({"http://" + canary.address(), scratch.path().string()});
  CHECK(files.size() >= 40);
  for (const std::string& content : files) {
    const Refusal refusal = refusal_of(scratch, content);
    CAPTURE(content);
    CHECK(refusal.exit_code == 2);
    CHECK(refusal.key == "errors.media.not_media");
    CHECK(folders_in(scratch / "out") == 0);
  }
  CHECK(canary.visitors() == 0);
  canary.visit();
  CHECK(canary.visitors() == 1);
}

TEST_CASE("a film that says its data lie in another file gives its own or nothing") {
  const ScratchFolder scratch;
  const Canary canary;
  MediaOptions options;
  options.seconds = 1;
  options.width = 128;  // eight macroblocks: the same bytes every time (decision 0017)
  options.height = 96;
  options.index = MediaOptions::Index::back;
  make_test_video(scratch / "own.mov", options);
  options.rate_num = 20;
  options.tone = 0.5;
  make_test_video(scratch / "secret.mp4", options);
  const std::string own = content_of(scratch / "own.mov");
  const auto first_segment = [&] { return content_of(scratch / "out" / "v96" / "s0.m4s"); };
  REQUIRE(package_by_worker(scratch / "own.mov", scratch.path()).exit_code == 0);
  const std::string from_own = first_segment();
  const std::string folder = scratch.path().string();
  for (const std::string& address :
       {"http://" + canary.address() + "/x.mp4", "file://" + folder + "/secret.mp4", folder + "/secret.mp4",
        "secret.mp4"s, "data:video/mp4;base64,AAAA"s}) {
    for (const char* kind : {"url ", "alis"}) {
      write_text(scratch / "lesson.mov", with_data_elsewhere(own, kind, address));
      fs::remove_all(scratch / "out");
      const WorkerRun run = package_by_worker(scratch / "lesson.mov", scratch.path());
      CAPTURE(address, kind, run.output);
      CHECK((run.exit_code == 0 || run.exit_code == 2));
      if (run.exit_code == 0) CHECK(first_segment() == from_own);
      if (run.exit_code == 2) CHECK_FALSE(fs::exists(scratch / "out" / "package.json"));
    }
  }
  CHECK(canary.visitors() == 0);
}

TEST_CASE("a file that is cut before its index is refused, and says so") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 5;
  options.index = MediaOptions::Index::back;
  make_test_video(scratch / "whole.mp4", options);
  fs::resize_file(scratch / "whole.mp4", fs::file_size(scratch / "whole.mp4") * 6 / 10);
  const WorkerRun run = package_by_worker(scratch / "whole.mp4", scratch.path());
  CHECK(run.exit_code == 2);
  CHECK(run.failed_key() == "errors.media.truncated");
}

TEST_CASE("limits are said in words") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 0.2;
  options.rate_num = 240;
  make_test_video(scratch / "fast.mp4", options);
  CHECK(package_by_worker(scratch / "fast.mp4", scratch.path()).failed_key() == "errors.media.too_fast");
  MediaOptions large;
  large.seconds = 0.1;
  large.width = 4100;
  large.height = 2200;
  large.video_codec = "mpeg4";
  make_test_video(scratch / "large.avi", large);
  CHECK(package_by_worker(scratch / "large.avi", scratch.path()).failed_key() ==
        "errors.media.too_large_picture");
  MediaOptions strange;
  strange.seconds = 0.5;
  strange.video_codec = "ffv1";
  make_test_video(scratch / "strange.mkv", strange);
  CHECK(package_by_worker(scratch / "strange.mkv", scratch.path()).failed_key() ==
        "errors.media.unsupported_codec");
}
