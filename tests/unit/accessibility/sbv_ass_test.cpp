// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/caption_file.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace {

using namespace tongxing::accessibility;
using namespace std::chrono_literals;
using Kind = FindingKind;
using Told = std::vector<std::pair<Kind, std::size_t>>;

Told told(const CaptionFile& file) {
  Told result;
  for (const auto& finding : file.findings) result.emplace_back(finding.kind, finding.line);
  return result;
}

TEST_CASE("SBV: times on a line, text, an empty line") {
  const auto file = read_sbv(
                        "0:00:00.500,0:00:02.250\r\nHi & <b>you</b>\r\nsecond[br]third\r\n\r\n"
                        "1:00:00.00,1:00:01.5\r\nlast")
                        .value();
  REQUIRE(file.track.cues.size() == 2);
  CHECK(file.track.cues[0].start == 500ms);
  CHECK(file.track.cues[0].end == 2250ms);
  CHECK(file.track.cues[0].text == "Hi &amp; &lt;b&gt;you&lt;/b&gt;\nsecond\nthird");
  CHECK(file.track.cues[0].line == 1);
  CHECK(file.track.cues[1].start == 1h);
  CHECK(file.track.cues[1].end == 1h + 1500ms);
  CHECK(file.findings.empty());
}

TEST_CASE("SBV: what can not be read is told with its line") {
  const auto file =
      read_sbv("stray\n0:00:01.000,0:61:00.000\nlost\n\n0:00:02.000,0:00:03.000\na\n\nb\n").value();
  REQUIRE(file.track.cues.size() == 1);
  CHECK(file.track.cues[0].text == "a\nb");
  CHECK(told(file) == Told{{Kind::text_lost, 1}, {Kind::timing_malformed, 2}, {Kind::blank_line_in_cue, 8}});
  CHECK(read_sbv("0:00:02.000,0:00:03.000\n" + std::string(kMaxCueBytes + 1, 'x')).error().kind ==
        CaptionErrorKind::cue_too_long);
}

const std::string kHead =
    "[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\nFormat: Name, Bold, Italic, Underline\n"
    "Style: Default,0,0,0\nStyle: Quote,-1,-1,0\n\n[Events]\n"
    "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n";  // 10 lines

Cue event(const std::string& fields) {
  const auto file = read_ass(kHead + "Dialogue: 0,0:00:01.00,0:00:02.05," + fields).value();
  REQUIRE(file.track.cues.size() == 1);
  return file.track.cues[0];
}

TEST_CASE("ASS: times, names, line breaks and text with commas") {
  const auto cue = event("Default,张三,0,0,0,,一，二,三\\N四\\n五\\h六 <b> & 七");
  CHECK(cue.start == 1s);
  CHECK(cue.end == 2050ms);
  CHECK(cue.text == "<v 张三>一，二,三\n四\n五\u00A0六 &lt;b&gt; &amp; 七</v>");
  CHECK(cue.line == 11);
}

TEST_CASE("ASS: slanted, heavy and underlined text goes on, from styles and overrides") {
  CHECK(event("Quote,,0,0,0,,a{\\b0}b{\\r}c").text == "<i><b>a</b></i><i>b</i><i><b>c</b></i>");
  CHECK(event("Default,,0,0,0,,a{\\i1\\u1}b{\\i0}c{\\u}d").text == "a<i><u>b</u></i><u>c</u>d");
  CHECK(event("Default,,0,0,0,,{\\b700}a{\\b400}b").text == "<b>a</b>b");
  CHECK(event("*Default,,0,0,0,,{a\\N").text == "{a");
}

TEST_CASE("ASS: the place on the picture goes on where WebVTT has one") {
  CHECK(event("Default,,0,0,0,,{\\an8}a").settings.line == 0.0);
  CHECK(event("Default,,0,0,0,,{\\an7}a").settings.align == TextAlign::left);
  CHECK(event("Default,,0,0,0,,{\\a6}a").settings.line == 0.0);
  CHECK(event("Default,,0,0,0,,{\\an5}a").settings.line_unit == LineUnit::percent);
  CHECK(event("Default,,0,0,0,,{\\an2}a").settings == CueSettings{});
}

TEST_CASE("ASS: what is dropped is told") {
  const auto file =
      read_ass(kHead +
               "Dialogue: 0,0:00:05.00,0:00:06.00,Default,,0,0,0,,{\\c&HFF&\\t(0,5,\\fs9)\\i1}b\n"
               "Comment: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,no\n"
               "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,a\n"
               "Dialogue: 0,0:00:01.00,x,Default,,0,0,0,,lost\n"
               "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\\p1}m 0 0 l 1 1{\\p0}\n")
          .value();
  REQUIRE(file.track.cues.size() == 2);
  CHECK(file.track.cues[0].text == "a");  // by start
  CHECK(file.track.cues[1].text == "<i>b</i>");
  CHECK(told(file) == Told{{Kind::style_lost, 6},
                           {Kind::style_lost, 7},
                           {Kind::markup_lost, 11},
                           {Kind::markup_lost, 11},
                           {Kind::timing_malformed, 14},
                           {Kind::markup_lost, 15}});
  CHECK(std::ranges::count(file.findings, std::string{"{\\t(0,5,\\fs9)}"}, &Finding::text) == 1);
}

TEST_CASE("ASS: columns are in any order, and SSA is read too") {
  const auto file = read_ass(
                        "[Script Info]\nScriptType: v4.00\n[V4 Styles]\nFormat: Name, Bold, Italic\nStyle: "
                        "D,0,-1\n[Events]\n"
                        "Format: Marked, End, Start, Style, Actor, Text\n"
                        "Dialogue: Marked=0,0:00:09.00,0:00:08.00,*D,Li,x,y\n")
                        .value();
  CHECK(file.track.cues.at(0).start == 8s);
  CHECK(file.track.cues.at(0).end == 9s);
  CHECK(file.track.cues.at(0).text == "<v Li><i>x,y</i></v>");
  CHECK(read_ass("[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,x").value().track.cues.size() == 1);
  CHECK(read_ass("[Events]\nFormat: Text\nDialogue: x").value().track.cues.empty());
}

TEST_CASE("ASS: braces that are never closed cost no time") {
  std::string text;
  for (int i = 0; i < 120; ++i)
    text += "Dialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,," + std::string(1000, '{') + "\n";
  CHECK(read_ass("[Events]\n" + text).value().track.cues.size() == 120);
}

}  // namespace
