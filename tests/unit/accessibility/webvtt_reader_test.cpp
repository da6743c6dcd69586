// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/caption_file.hpp"
#include "accessibility/captions/timestamp.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace {

using namespace tongxing::accessibility;
using namespace std::chrono_literals;
using namespace std::string_literals;
using Kind = FindingKind;

CaptionFile read(std::string_view text) {
  auto file = read_webvtt(text);
  REQUIRE(file.has_value());
  return std::move(*file);
}

using Told = std::vector<std::pair<Kind, std::size_t>>;

Told told(const CaptionFile& file) {
  Told result;
  for (const auto& finding : file.findings) result.emplace_back(finding.kind, finding.line);
  return result;
}

TEST_CASE("Cues are read with identifier, times, settings and text") {
  const auto file = read(
      "WEBVTT\n\n1\n00:00:02.000 --> 00:00:05.500 line:0 align:start\n你好\n世界\n\n"
      "01:02.003 --> 100:00:00.000\nlast");
  REQUIRE(file.track.cues.size() == 2);
  const auto& cue = file.track.cues[0];
  CHECK(cue.id == "1");
  CHECK(cue.start == 2000ms);
  CHECK(cue.end == 5500ms);
  CHECK(cue.text == "你好\n世界");
  CHECK(cue.settings.line == 0.0);
  CHECK(cue.settings.align == TextAlign::start);
  CHECK(cue.line == 4);
  CHECK(file.track.cues[1].id.empty());
  CHECK(file.track.cues[1].start == 62'003ms);
  CHECK(file.track.cues[1].end == 100h);
  CHECK(file.track.cues[1].line == 8);
  CHECK(file.findings.empty());
}

TEST_CASE("The signature is needed, alone or before a space or tab") {
  for (const auto* good :
       {"WEBVTT", "WEBVTT\n", "WEBVTT title\n", "WEBVTT\ttitle", "\xEF\xBB\xBFWEBVTT\n", "WEBVTT\r\n"}) {
    INFO(good);
    CHECK(read_webvtt(good).has_value());
  }
  for (const auto* bad :
       {"", "WEBVT", "webvtt\n", " WEBVTT\n", "WEBVTTx\n", "\nWEBVTT\n", "1\n00:01.000 --> 00:02.000\na"}) {
    INFO(bad);
    CHECK(read_webvtt(bad).error().kind == CaptionErrorKind::not_captions);
  }
}

TEST_CASE(
    "Byte order marks, NUL, broken bytes and all line ends are read; what is repaired is told with its "
    "line") {
  const auto file = read(
      "\xEF\xBB\xBFWEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\na\0b\r\n\r\n00:03.000 --> 00:04.000\n\xFF\n"s);
  REQUIRE(file.track.cues.size() == 2);
  CHECK(file.track.cues[0].text == "a\uFFFDb");
  CHECK(file.track.cues[1].text == "\uFFFD");
  CHECK(told(file) == Told{{Kind::nul_character, 4}, {Kind::not_utf8, 7}});
  CHECK(told(read("\xEF\xBB\xBF\xEF\xBB\xBFWEBVTT\n")) == Told{{Kind::second_bom, 1}});
  const auto old = read("WEBVTT\r\r00:01.000 --> 00:02.000\ra\r");
  CHECK(old.track.cues.at(0).text == "a");
  CHECK(old.findings.size() == 4);
  CHECK(old.findings[0].kind == Kind::lone_cr);
}

TEST_CASE("A cue whose times can not be read is dropped and told with its line") {
  for (const auto* timing :
       {"00:01.000 -> 00:02.000 -->", "0:01.000 --> 00:02.000", "00:01,000 --> 00:02,000",
        "00:60.000 --> 01:02.000", "00:01.00 --> 00:02.000", "00:01.000 --> ", "--> 00:02.000",
        "00:01.0000 --> 00:02.000", "a --> b", "00:01.000 - -> 00:02.000 -->", "-00:01.000 --> 00:02.000",
        "00:00:60.000 --> 00:02:00.000"}) {
    INFO(timing);
    const auto file = read("WEBVTT\n\nid\n"s + timing + "\nlost\n\n00:03.000 --> 00:04.000\nkept\n");
    REQUIRE(file.track.cues.size() == 1);
    CHECK(file.track.cues[0].text == "kept");
    REQUIRE(file.findings.size() == 1);
    CHECK(file.findings[0].kind == Kind::timing_malformed);
    CHECK(file.findings[0].severity == Severity::error);
    CHECK(file.findings[0].line == 4);
  }
}

TEST_CASE("Times are lenient where the algorithm is") {
  for (const auto* timing :
       {"00:01.000 --> 00:02.000", "00:01.000-->00:02.000", "\t00:01.000\t-->\t00:02.000",
        "00:00:01.000 --> 00:02.000", "1:00:00.000 --> 2:00:00.000"}) {
    INFO(timing);
    CHECK(read("WEBVTT\n\n"s + timing + "\na\n").track.cues.size() == 1);
  }
}

TEST_CASE("Comments are skipped, other blocks that are no cue are text that is lost") {
  const auto file = read(
      "WEBVTT\n\nNOTE a remark\nof two lines\n\nNOTE\nagain\n\nNOTES\n\n00:01.000 --> 00:02.000\na\n\nb\n");
  CHECK(file.track.cues.size() == 1);
  CHECK(told(file) == Told{{Kind::text_lost, 9}, {Kind::text_lost, 14}});
  CHECK(file.findings[1].text == "b");
  CHECK(file.findings[1].severity == Severity::error);
}

TEST_CASE("A cue that begins without an empty line before it is read") {
  const auto file = read("WEBVTT\n\n00:01.000 --> 00:02.000\na\n00:03.000 --> 00:04.000\nb\n");
  REQUIRE(file.track.cues.size() == 2);
  CHECK(file.track.cues[0].text == "a");
  CHECK(told(file) == Told{{Kind::blank_line_missing, 5}});
  const auto header = read("WEBVTT\nKind: captions\n00:01.000 --> 00:02.000\na\n");
  CHECK(header.track.cues.size() == 1);
  CHECK(told(header) == Told{{Kind::header_not_ended, 3}});
}

TEST_CASE("Metadata of the header is no cue and no loss") {
  const auto file = read(
      "WEBVTT - title\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\nKind: captions\n\n"
      "00:01.000 --> 00:02.000\na\n");
  CHECK(file.track.cues.size() == 1);
  CHECK(file.findings.empty());
}

TEST_CASE("Words that name blocks are identifiers before times") {
  for (const auto* name : {"STYLE", "REGION", "NOTE", "NOTE x"}) {
    const auto file = read("WEBVTT\n\n"s + name + "\n00:01.000 --> 00:02.000\na\n");
    REQUIRE(file.track.cues.size() == 1);
    CHECK(file.track.cues[0].id == name);
  }
}

TEST_CASE("Styles are kept before the first cue if they load nothing") {
  const auto file = read(
      "WEBVTT\n\nSTYLE\n::cue(b) {\n  color: peachpuff;\n}\n\n"
      "STYLE\n::cue { background: URL(http://evil/) }\n\nSTYLE \t\n@im\\port 'x';\n\n"
      "00:01.000 --> 00:02.000\na\n\nSTYLE\n::cue{}\n");
  CHECK(file.track.styles == std::vector<std::string>{"::cue(b) {\n  color: peachpuff;\n}"});
  CHECK(told(file) == Told{{Kind::style_dropped, 8}, {Kind::style_dropped, 11}, {Kind::style_after_cue, 17}});
}

TEST_CASE("Regions are read, and a cue can be in one of them") {
  const auto file = read(
      "WEBVTT\n\nREGION\nid:fred\nwidth:40%\nlines:2\nregionanchor:0%,100%\nviewportanchor:10%,90%\n"
      "scroll:up\nbad:1\n\n00:01.000 --> 00:02.000 region:fred\na\n\n"
      "00:03.000 --> 00:04.000 region:nobody\nb\n\n00:05.000 --> 00:06.000 region:fred size:50%\nc\n");
  REQUIRE(file.track.regions.size() == 1);
  CHECK(file.track.regions[0] == Region{"fred", 40, 2, 0, 100, 10, 90, true});
  CHECK(file.track.cues[0].settings.region == "fred");
  CHECK(file.track.cues[1].settings.region.empty());
  CHECK(file.track.cues[2].settings.region.empty());
  CHECK(told(file) == Told{{Kind::setting_ignored, 3}, {Kind::region_unknown, 15}});
}

TEST_CASE("Settings that are not understood are told and leave the rest") {
  const auto file = read("WEBVTT\n\n00:01.000 --> 00:02.000 line:x align:start align:middle foo size:\na\n");
  CHECK(file.track.cues[0].settings.align == TextAlign::start);
  REQUIRE(file.findings.size() == 4);
  CHECK(file.findings[0].text == "line:x");
  CHECK(file.findings[3].text == "size:");
}

TEST_CASE("Faults inside a cue's text have the line that they are on") {
  const auto file = read(
      "WEBVTT\n\n00:01.000 --> 00:02.000\nfine\n<script>alert(1)</script>\n\n"
      "00:03.000 --> 00:04.000\n\n00:05.000 --> 00:06.000\n<b>bold\n");
  CHECK(
      told(file) ==
      Told{{Kind::unknown_tag, 5}, {Kind::unknown_tag, 5}, {Kind::cue_empty, 7}, {Kind::tag_not_closed, 10}});
  CHECK(file.findings[0].severity == Severity::error);
  CHECK(file.findings[0].text == "script");
  CHECK(file.findings[3].severity == Severity::warning);
}

TEST_CASE("Files, cues and their number are limited") {
  const auto cue = [](std::size_t bytes) {
    return "WEBVTT\n\n00:01.000 --> 00:02.000\n" + std::string(bytes, 'a');
  };
  CHECK(read_webvtt(cue(kMaxCueBytes)).has_value());
  CHECK(read_webvtt(cue(kMaxCueBytes + 1)).error() == CaptionError{CaptionErrorKind::cue_too_long, 3});
  CHECK(read_webvtt("WEBVTT\n" + std::string(kMaxFileBytes, '\n')).error().kind ==
        CaptionErrorKind::too_large);
  std::string many = "WEBVTT\n";
  for (std::size_t i = 0; i < kMaxCues; ++i) many += "\n00:01.000 --> 00:02.000\na\n";
  CHECK(read(many).track.cues.size() == kMaxCues);
  many += "\n00:01.000 --> 00:02.000\na\n";
  CHECK(read_webvtt(many).error() == CaptionError{CaptionErrorKind::too_many_cues, 3 * kMaxCues + 3});
}

TEST_CASE("Styles and regions are limited, because every segment repeats them") {
  std::string text = "WEBVTT\n\n";
  for (int i = 0; i < 6; ++i) text += "STYLE\n::cue{}/*" + std::string(7000, 'x') + "*/\n\n";
  for (std::size_t i = 0; i < kMaxRegions + 2; ++i) text += "REGION\nid:r" + std::to_string(i) + "\n\n";
  const auto file = read(text + "00:01.000 --> 00:02.000 region:r200\na\n");
  CHECK(file.track.styles.size() == 4);
  CHECK(file.track.regions.size() == kMaxRegions);
  CHECK(std::ranges::count(file.findings, Kind::style_dropped, &Finding::kind) == 2);
  CHECK(std::ranges::count(file.findings, Kind::region_dropped, &Finding::kind) == 2);
  CHECK(file.track.cues.at(0).settings.region.empty());
}

TEST_CASE("A file in a wrong encoding does not flood its report") {
  std::string text = "WEBVTT\n\n00:01.000 --> 00:02.000\n";
  for (int i = 0; i < 100; ++i) text += "\xC4\xE3\n";
  CHECK(read(text).findings.size() == 20);
}

TEST_CASE("The encoding and the format of an upload are recognised") {
  const std::string vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\n好\n";
  CHECK(read_captions(vtt).value().encoding == Encoding::utf8);
  CHECK(read_captions("\xEF\xBB\xBF" + vtt).value().encoding == Encoding::utf8_bom);
  std::string wide;
  for (const char c : "WEBVTT\n\n00:01.000 --> 00:02.000\n"s) wide += {c, '\0'};
  const auto little = read_captions("\xFF\xFE" + wide + "\x7D\x59").value();
  CHECK(little.encoding == Encoding::utf16_little);
  CHECK(little.track.cues.at(0).text == "好");
  CHECK(read_captions("1\n00:00:01,000 --> 00:00:02,000\n好\n").value().format == CaptionFormat::srt);
  CHECK(read_captions("").error().kind == CaptionErrorKind::empty);
  CHECK(read_captions(" \r\n\n").error().kind == CaptionErrorKind::empty);
  CHECK(read_captions("hello\n").error().kind == CaptionErrorKind::not_captions);
  CHECK(read_captions(std::string(kMaxFileBytes + 1, 'a')).error().kind == CaptionErrorKind::too_large);
  const auto gb = read_captions("WEBVTT\n\n00:01.000 --> 00:02.000\n\xC4\xE3\xBA\xC3\n");  // 你好 in GB 18030
  CHECK(gb.error() == CaptionError{CaptionErrorKind::unsupported_encoding, 4});
}

TEST_CASE("Timestamps are written as they are read") {
  for (const auto* text : {"00:00:00.000", "00:00:01.001", "00:59:59.999", "01:00:00.000", "123:04:05.006"}) {
    std::string_view rest = text;
    const auto time = take_timestamp(rest);
    REQUIRE(time.has_value());
    CHECK(rest.empty());
    CHECK(timestamp_text(*time) == text);
  }
  CHECK(timestamp_text(-5ms) == "00:00:00.000");
}

}  // namespace
