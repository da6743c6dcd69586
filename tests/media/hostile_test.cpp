// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/media/engine_fixture.hpp"
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

struct Refusal {
  int exit_code;
  std::string key;
};

Refusal refusal_of(const ScratchFolder& scratch, const std::string& content,
                   const std::string& name = "lesson.mp4") {
  write_text(scratch / name, content);
  const WorkerRun run = package_by_worker(scratch / name, scratch.path());
  for (const auto& entry : fs::recursive_directory_iterator(scratch / "out")) {
    CHECK_FALSE(entry.path().filename() == "package.json");
  }
  return {run.exit_code, run.failed_key()};
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

TEST_CASE("a playlist in disguise reaches nothing") {
  const ScratchFolder scratch;
  const Canary canary;
  MediaOptions options;
  options.seconds = 2;
  make_test_video(scratch / "secret.ts", options);
  make_test_video(scratch / "secret.mp4", options);
  write_text(scratch / "secret.txt", "top secret\n");
  const std::string folder = scratch.path().string();
  const std::string web = "http://" + canary.address();
  const std::string hls = "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n";
  const std::string dash =
      "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\" "
      "mediaPresentationDuration=\"PT2S\"><Period><AdaptationSet mimeType=\"video/mp4\"><Representation "
      "id=\"1\" "
      "bandwidth=\"1000\"><BaseURL>";
  const std::string dash_end = "</BaseURL></Representation></AdaptationSet></Period></MPD>";
  const std::string files[] = {
      hls + "secret.ts\n#EXT-X-ENDLIST\n",
      hls + folder + "/secret.ts\n#EXT-X-ENDLIST\n",
      hls + "file://" + folder + "/secret.ts\n#EXT-X-ENDLIST\n",
      hls + web + "/a.ts\n#EXT-X-ENDLIST\n",
      hls + "concat:" + web + "/a|secret.ts\n#EXT-X-ENDLIST\n",
      hls + "subfile,,start,0,end,100,,:" + folder + "/secret.ts\n#EXT-X-ENDLIST\n",
      "#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI=\"" + web + "/key\"\n#EXTINF:2,\nsecret.ts\n#EXT-X-ENDLIST\n",
      "#EXTM3U\n#EXT-X-MAP:URI=\"" + web + "/init.mp4\"\n#EXTINF:2,\nsecret.mp4\n#EXT-X-ENDLIST\n",
      "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n" + web + "/v.m3u8\n",
      "ffconcat version 1.0\nfile secret.mp4\n",
      "ffconcat version 1.0\nfile '" + folder + "/secret.txt'\n",
      "ffconcat version 1.0\nfile '" + web + "/x.mp4'\n",
      dash + web + "/x.mp4" + dash_end,
      dash + "secret.mp4" + dash_end,
      "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\na=rtpmap:96 "
      "H264/90000\n",
      "[playlist]\nFile1=" + web + "/x.mp4\n",
      "RTSPtext\nrtsp://" + canary.address() + "/x\n",
      "# VobSub index file, v7 (do not modify this line!)\nid: en, index: 0\ntimestamp: 00:00:00:000, "
      "filepos: 0\n",
      "<?xml version=\"1.0\"?><AssetMap xmlns=\"http://www.smpte-ra.org/schemas/429-9/2007/AM\"><Path>" +
          web + "</Path></AssetMap>",
      "\x1b[31mred\x1b[0m text for the tty demuxer\n",
  };
  for (const std::string& content : files) {
    for (const char* name : {"lesson.mp4", "lesson.m3u8"}) {
      const Refusal refusal = refusal_of(scratch, content, name);
      CAPTURE(content, name);
      CHECK(refusal.exit_code == 2);
      CHECK(refusal.key == "errors.media.not_media");
    }
  }
  CHECK(canary.visitors() == 0);
  canary.visit();
  CHECK(canary.visitors() == 1);
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

TEST_CASE("damage inside a file never ends the worker badly") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 2;
  options.width = 160;
  options.height = 120;
  for (const char* name : {"seed.mp4", "seed.mkv", "seed.ts", "seed.avi"}) {
    make_test_video(scratch / name, options);
    std::ifstream stream(scratch / name, std::ios::binary);
    const std::string seed{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    std::uint32_t state = 12345;
    const auto random = [&] { return state = state * 1664525U + 1013904223U; };
    for (int round = 0; round < 6; ++round) {
      std::string bad = seed;
      for (int i = 0; i < 40; ++i) bad[random() % bad.size()] = static_cast<char>(random() >> 24U);
      write_text(scratch / "bad", bad);
      const WorkerRun run = package_by_worker(scratch / "bad", scratch.path());
      CAPTURE(name, round, run.output);
      CHECK((run.exit_code == 0 || run.exit_code == 2));
      CHECK((run.exit_code == 0 || !run.failed_key().empty()));
    }
  }
}
