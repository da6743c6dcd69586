// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/caption_file.hpp"
#include "accessibility/captions/cue_text.hpp"
#include "tests/support/catch.hpp"

#include <string>

namespace {

using namespace tongxing::accessibility;
using namespace std::chrono_literals;
using namespace std::string_literals;
using Kind = FindingKind;

CaptionFile read(std::string_view text) {
  auto file = read_srt(text);
  REQUIRE(file.has_value());
  return std::move(*file);
}

TEST_CASE("SRT is read with numbers, times and lines") {
  const auto file = read(
      "1\r\n00:00:01,000 --> 00:00:02,500\r\n你好\r\n世界\r\n\r\n2\r\n00:01:00,000 --> "
      "01:00:00,040\r\nb\r\n");
  REQUIRE(file.track.cues.size() == 2);
  CHECK(file.track.cues[0].id == "1");
  CHECK(file.track.cues[0].start == 1000ms);
  CHECK(file.track.cues[0].end == 2500ms);
  CHECK(file.track.cues[0].text == "你好\n世界");
  CHECK(file.track.cues[0].line == 2);
  CHECK(file.track.cues[1].end == 3'600'040ms);
  CHECK(file.findings.empty());
}

TEST_CASE("Times with points, few digits and places in pixels are read") {
  for (const auto* timing :
       {"0:0:1,0 --> 0:0:2,5", "00:00:01.000 --> 00:00:02.500", "00:00:01,000-->00:00:02,500",
        "00:00:01,000 --> 00:00:02,500  X1:40 X2:600 Y1:20 Y2:50"}) {
    INFO(timing);
    const auto file = read("1\n"s + timing + "\na\n");
    REQUIRE(file.track.cues.size() == 1);
    CHECK(file.track.cues[0].start == 1000ms);
    CHECK(file.track.cues[0].end == 2500ms);
  }
}

TEST_CASE("Times that can not be read are told with their line, the rest is kept") {
  for (const auto* timing : {"00:00:61,000 --> 00:00:62,000", "00:01,000 --> 00:02,000", "a --> b",
                             "00:00:01,0000 --> 00:00:02,000", "00:00:01,000 --> "}) {
    INFO(timing);
    const auto file = read("1\n"s + timing + "\nlost\n\n2\n00:00:03,000 --> 00:00:04,000\nkept\n");
    REQUIRE(file.track.cues.size() == 1);
    CHECK(file.track.cues[0].text == "kept");
    REQUIRE(file.findings.size() == 1);
    CHECK(file.findings[0].kind == Kind::timing_malformed);
    CHECK(file.findings[0].line == 2);
  }
}

TEST_CASE("Missing numbers and empty lines inside a text lose nothing") {
  const auto file = read(
      "00:00:01,000 --> 00:00:02,000\na\n\nb\n1 apple\n\n\n00:00:03,000 --> 00:00:04,000\nc\n3\n"
      "00:00:05,000 --> 00:00:06,000\nd");
  REQUIRE(file.track.cues.size() == 3);
  CHECK(file.track.cues[0].text == "a\nb\n1 apple");
  CHECK(file.track.cues[1].text == "c");
  CHECK(file.track.cues[2].id == "3");
  REQUIRE(file.findings.size() == 3);
  CHECK(file.findings[0].kind == Kind::number_missing);
  CHECK(file.findings[1].kind == Kind::blank_line_in_cue);
  CHECK(file.findings[1].line == 4);
}

TEST_CASE("Text before the first cue is told as lost") {
  const auto file = read("hello\n1\n00:00:01,000 --> 00:00:02,000\na\n");
  CHECK(file.track.cues.size() == 1);
  REQUIRE(file.findings.size() == 1);
  CHECK(file.findings[0].kind == Kind::text_lost);
  CHECK(file.findings[0].severity == Severity::error);
}

TEST_CASE("Simple markup is kept, foreign markup is dropped and told, the rest is text") {
  const auto file = read(
      "1\n00:00:01,000 --> 00:00:02,000\n<i>a</i> <font color=\"#fff\">b</font>\n{\\an8}c & d < e <3 -> f\n");
  CHECK(file.track.cues[0].text == "<i>a</i> b\nc &amp; d &lt; e &lt;3 -&gt; f");
  CHECK(plain_text(file.track.cues[0].text) == "a b\nc & d < e <3 -> f");
  REQUIRE(file.findings.size() == 3);
  CHECK(file.findings[0].kind == Kind::markup_lost);
  CHECK(file.findings[0].line == 3);
  CHECK(file.findings[2].line == 4);
  CHECK(file.findings[2].text == "{\\an8}");
  const auto script = read("1\n00:00:01,000 --> 00:00:02,000\n<script>x</script>\n");
  CHECK(plain_text(script.track.cues[0].text) == "<script>x</script>");
}

TEST_CASE("A cue that is too long is refused with its line") {
  CHECK(read_srt("1\n00:00:01,000 --> 00:00:02,000\n" + std::string(kMaxCueBytes + 1, 'a')).error() ==
        CaptionError{CaptionErrorKind::cue_too_long, 2});
}

}  // namespace
