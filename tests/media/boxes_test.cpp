// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/av/edit_list.hpp"
#include "media/av/track_boxes.hpp"
#include "tests/media/engine_fixture.hpp"
#include "tests/media/fragment_boxes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/media_fixture.hpp"

#include <cstring>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <fcntl.h>
#include <unistd.h>

using namespace tongxing::tests;
namespace av = tongxing::media::av;
namespace fs = std::filesystem;
using namespace std::string_literals;

namespace {

std::vector<std::int64_t> boxes_of(const fs::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  auto found = av::track_boxes(fd);
  ::close(fd);
  return found;
}

std::vector<std::int64_t> boxes_of_text(const std::string& content) {
  const ScratchFolder scratch;
  std::ofstream(scratch / "file", std::ios::binary) << content;
  return boxes_of(scratch / "file");
}

std::string box(const std::string& type, const std::string& content) {
  const auto size = static_cast<char>(content.size() + 8);
  return "\0\0\0"s + size + type + content;
}

}  // namespace

TEST_CASE("the tracks of an MP4 are found wherever its index lies") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 1;
  for (const auto index : {MediaOptions::Index::front, MediaOptions::Index::back}) {
    options.index = index;
    make_test_video(scratch / "a.mp4", options);
    const auto found = boxes_of(scratch / "a.mp4");
    REQUIRE(found.size() == 2);
    std::ifstream stream(scratch / "a.mp4", std::ios::binary);
    for (const std::int64_t at : found) {
      char name[5] = {};
      stream.seekg(at);
      stream.read(name, 4);
      CHECK(std::strcmp(name, "trak") == 0);
    }
  }
  make_test_video(scratch / "a.mkv", options);
  CHECK(boxes_of(scratch / "a.mkv").empty());
}

TEST_CASE("boxes that lie are no tracks") {
  const std::string head = box("ftyp", "isom");
  CHECK(boxes_of_text(head + box("moov", box("trak", "") + box("trak", "x"))) ==
        std::vector<std::int64_t>{24, 32});
  // A size of 64 bits lies between the name and the content.
  CHECK(boxes_of_text(head + box("moov", "\0\0\0\1trak\0\0\0\0\0\0\0\x10"s + box("trak", ""))) ==
        std::vector<std::int64_t>{24, 40});
  CHECK(boxes_of_text("").empty());
  CHECK(boxes_of_text(box("moov", box("trak", ""))).empty());
  CHECK(boxes_of_text(head + "\0\0\0\x07moov"s).empty());
  CHECK(boxes_of_text(head + "\x7F\xFF\xFF\xFFmoov"s + box("trak", "")).empty());
  CHECK(boxes_of_text(head + "\0\0\0\1moov\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF"s).empty());
  std::string many;
  for (int i = 0; i < 5000; ++i) many += box("free", "");
  CHECK(boxes_of_text(head + many).empty());
}

TEST_CASE("an edit list goes into the track and nothing else changes") {
  const std::string moov =
      box("moov", box("mvhd", "1234") + box("trak", box("tkhd", "abcd") + box("mdia", "z")));
  const auto bytes = std::as_bytes(std::span(moov));
  const auto made = av::with_edit_list(bytes, 512);
  const std::string text(reinterpret_cast<const char*>(made.data()), made.size());
  CHECK(text.size() == moov.size() + 36);
  CHECK(edit_start(text) == 512);
  CHECK(text.find("edts") < text.find("mdia"));
  CHECK(text.find("edts") > text.find("abcd"));
  CHECK_THROWS_AS(av::with_edit_list(bytes.first(8), 512), std::logic_error);
}
