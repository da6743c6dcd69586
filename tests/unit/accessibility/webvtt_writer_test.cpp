// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/webvtt_writer.hpp"

#include "accessibility/captions/caption_file.hpp"
#include "tests/support/catch.hpp"

#include <string>

namespace {

using namespace tongxing::accessibility;
using namespace std::chrono_literals;

Cue cue(Milliseconds start, Milliseconds end, std::string text, std::string id = {}) {
  return {.id = std::move(id), .start = start, .end = end, .text = std::move(text), .settings = {}};
}

TEST_CASE("A track is written in the plain form") {
  Track track;
  track.cues = {cue(2s, 5s, "［键盘声］", "1"), cue(6s, 7s, "<v 李>你好\n世界")};
  track.cues[1].settings.line = 0;
  CHECK(write_webvtt(track) ==
        "WEBVTT\n\n1\n00:00:02.000 --> 00:00:05.000\n［键盘声］\n\n"
        "00:00:06.000 --> 00:00:07.000 line:0\n<v 李>你好\n世界</v>\n");
}

TEST_CASE("What is written is read back as the same track") {
  const std::string source =
      "WEBVTT\n\nREGION\nid:r\nwidth:50%\n\nSTYLE\n::cue(b) { color: red }\n\n"
      "first\n00:00:01.000 --> 00:00:02.000 line:10%,end position:20%,center size:30% align:left\n<c.x>a</c> "
      "&amp; b\n\n"
      "00:00:03.000 --> 00:00:04.000 region:r\n<ruby>字<rt>zì</rt></ruby>\n\n00:00:05.000 --> "
      "00:00:06.000\n<v A>x</v>\n";
  const auto once = read_webvtt(source).value();
  const auto written = write_webvtt(once.track);
  const auto twice = read_webvtt(written).value();
  CHECK(twice.findings.empty());
  CHECK(twice.track.regions == once.track.regions);
  CHECK(twice.track.styles == once.track.styles);
  REQUIRE(twice.track.cues.size() == once.track.cues.size());
  for (std::size_t i = 0; i < once.track.cues.size(); ++i) {
    CHECK(twice.track.cues[i].id == once.track.cues[i].id);
    CHECK(twice.track.cues[i].start == once.track.cues[i].start);
    CHECK(twice.track.cues[i].end == once.track.cues[i].end);
    CHECK(twice.track.cues[i].settings == once.track.cues[i].settings);
    CHECK(twice.track.cues[i].text == once.track.cues[i].text);
  }
  CHECK(write_webvtt(twice.track) == written);
}

TEST_CASE("Identifiers, text and styles can not break the file") {
  Track track;
  track.cues = {cue(1s, 2s, "a\n\n00:00:09.000 --> 00:00:10.000\nb", "x --> y"),
                cue(3s, 4s, "c", "two\nlines")};
  track.styles = {"a\n\nb", "-->"};
  const auto read = read_webvtt(write_webvtt(track)).value();
  CHECK(read.findings.empty());
  REQUIRE(read.track.cues.size() == 2);
  CHECK(read.track.cues[0].id.empty());
  CHECK(read.track.cues[1].id == "two lines");
  CHECK(read.track.styles.empty());
}

TEST_CASE(
    "H22 H23: a segment has the time map right after its signature, and cues over a border are the same in "
    "both") {
  Track track;
  track.cues = {cue(1s, 2s, "a"), cue(29s, 31s, "b"), cue(30s, 33s, "c", "see")};
  const auto first = write_webvtt_segment(track, 0s, 30s);
  const auto second = write_webvtt_segment(track, 30s, 60s);
  const std::string head = "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n";
  const std::string shared = "\n2\n00:00:29.000 --> 00:00:31.000\nb\n";
  CHECK(first == head + "\n1\n00:00:01.000 --> 00:00:02.000\na\n" + shared);
  CHECK(second == head + shared + "\nsee\n00:00:30.000 --> 00:00:33.000\nc\n");
  CHECK(write_webvtt_segment(track, 60s, 90s) == head);
}

}  // namespace
