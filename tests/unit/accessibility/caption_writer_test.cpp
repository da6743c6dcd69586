// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/caption_writer.hpp"

#include "accessibility/captions/webvtt_writer.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace {

using namespace tongxing::accessibility;
using namespace std::chrono_literals;

Track track_of(const std::string& blocks) {
  auto file = read_webvtt("WEBVTT\n\n" + blocks);
  REQUIRE(file.has_value());
  return std::move(file->track);
}

Track cue(const std::string& text, const std::string& settings = {}) {
  return track_of("00:00:01.000 --> 00:00:02.500" + settings + "\n" + text + "\n");
}

std::vector<std::pair<LossKind, std::string>> losses(const Written& written) {
  std::vector<std::pair<LossKind, std::string>> result;
  for (const auto& loss : written.losses) result.emplace_back(loss.kind, loss.text);
  return result;
}

using Losses = std::vector<std::pair<LossKind, std::string>>;
using enum LossKind;

TEST_CASE("SRT: numbers, commas, i b u, and everything else named") {
  const auto plain =
      write_srt(track_of("1\n00:00:01.000 --> 00:00:02.500\n<i>你</i><b>好</b>\n<u>x</u>\n\n101:00:00.000 "
                         "--> 101:00:01.000\ny\n"));
  CHECK(plain.text ==
        "1\n00:00:01,000 --> 00:00:02,500\n<i>你</i><b>好</b>\n<u>x</u>\n\n2\n101:00:00,000 --> "
        "101:00:01,000\ny\n");
  CHECK(plain.losses.empty());
  const auto rich = write_srt(
      cue("<v 张>你<c.red>好</c></v><v Li>a</v><ruby>漢<rt>hàn</rt></ruby><lang en>b</lang><00:00:02.000>c",
          " line:0 align:start"));
  CHECK(rich.text == "1\n00:00:01,000 --> 00:00:02,500\n张：你好Li: a漢（hàn）bc\n");
  CHECK(losses(rich) == Losses{{position, "line:0 align:start"},
                               {voice, "张"},
                               {class_name, "red"},
                               {voice, "Li"},
                               {ruby, "hàn"},
                               {language, "en"},
                               {inner_time, "00:00:02.000"}});
  CHECK(rich.losses.front().cue == 1);
  CHECK(rich.losses.front().line == 3);
}

TEST_CASE("SRT: text can not break the file") {
  const auto written = write_srt(cue("a --&gt; b\n&lt;i&gt;&#10;&#10;c"));
  CHECK(written.text == "1\n00:00:01,000 --> 00:00:02,500\na → b\n<i>\nc\n");
  CHECK(losses(written) == Losses{{literal_markup, "a --> b\n<i>\n\nc"}, {literal_markup, "-->"}});
  CHECK(read_srt(written.text).value().track.cues.size() == 1);
}

TEST_CASE("SRT: identifiers, regions and styles are named") {
  const auto written = write_srt(
      track_of("STYLE\n::cue{}\n\nREGION\nid:r\n\nintro\n00:00:01.000 --> 00:00:02.500 region:r\na\n"));
  CHECK(losses(written) == Losses{{style, "::cue{}"}, {region, "r"}, {identifier, "intro"}, {region, "r"}});
}

/// What TTML gives back as WebVTT.
std::string through_ttml(const Track& track) {
  const auto written = write_ttml(track, "zh-Hans");
  const auto again = read_ttml(written.text);
  REQUIRE(again.has_value());
  CHECK(again->findings.empty());
  return write_webvtt(again->track);
}

TEST_CASE("TTML: text, styles, ruby, languages, speakers and places come back as they were") {
  for (const auto* text :
       {"a &amp; b &lt;c&gt; \"d\"", "你<i>好</i><b>吗</b>\n<u>x</u>", "<ruby>漢<rt>hàn</rt></ruby>字",
        "<lang en>x</lang>y", "<v A &amp; B>x\ny</v>\n<v C>z</v>", "a  b", "<i><b>x</b></i>"}) {
    INFO(text);
    const auto track = cue(text);
    CHECK(write_ttml(track, "zh-Hans").losses.empty());
    CHECK(through_ttml(track) == write_webvtt(track));
  }
  for (const auto* settings :
       {" line:10%", " line:90%,end", " line:40%,center", " position:20% size:40% align:start line:10%",
        " position:80% size:40% align:end line:50%,end", " align:left", " vertical:rl"}) {
    INFO(settings);
    const auto track = cue("a", settings);
    CHECK(write_ttml(track, "zh-Hans").losses.empty());
    auto again = read_ttml(write_ttml(track, "zh-Hans").text).value().track.cues.at(0).settings;
    // Where nothing was said of the line the text stands at the bottom, which WebVTT calls auto.
    CHECK(again.align == track.cues[0].settings.align);
    CHECK(again.vertical == track.cues[0].settings.vertical);
    if (track.cues[0].settings.line) CHECK(again == track.cues[0].settings);
  }
}

TEST_CASE("TTML: what it can not say is named") {
  CHECK(losses(write_ttml(track_of("7\n00:00:01.000 --> 00:00:02.000 line:-3\n<c.x>a</c><00:00:01.500>b\n"),
                          {})) ==
        Losses{{identifier, "7"}, {position, "line:-3"}, {class_name, "x"}, {inner_time, "00:00:01.500"}});
  CHECK(losses(write_ttml(track_of("a\n00:00:02.000 --> 00:00:01.000\nback\n"), {})) ==
        Losses{{never_shown, "back"}});
  CHECK(losses(write_ttml(
            track_of(
                "STYLE\n::cue{}\n\nREGION\nid:r\nscroll:up\n\n00:00:01.000 --> 00:00:02.000 region:r\na\n"),
            {})) == Losses{{style, "::cue{}"}, {position, "region:r"}, {region, "r"}});
  CHECK(losses(write_ttml(cue("a&#1;b"), {})) == Losses{{control, "a\uFFFDb"}});
}

TEST_CASE("TTML: identifiers stay where XML can have them") {
  const auto track =
      track_of("intro\n00:00:01.000 --> 00:00:02.000\na\n\nintro\n00:00:03.000 --> 00:00:04.000\nb\n");
  const auto written = write_ttml(track, "en");
  CHECK(losses(written) == Losses{{identifier, "intro"}});
  CHECK(read_ttml(written.text).value().track.cues.at(0).id == "intro");
  CHECK(written.text.find("xml:lang=\"en\"") != std::string::npos);
}

TEST_CASE("WebVTT: overrides of direction are taken out and named") {
  const auto track = cue("a\u202Eb<v x\u202Ey>c\u2066d\u2069");
  CHECK(write_webvtt(track) == "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nab<v xy>c\u2066d\u2069</v>\n");
  CHECK(losses(write_webvtt_told(track)) == Losses{{control, "abc\u2066d\u2069"}});
  const auto file = read_webvtt("WEBVTT\n\n00:01.000 --> 00:02.000\na&#x202E;b\n").value();
  REQUIRE(file.findings.size() == 1);
  CHECK(file.findings[0].kind == FindingKind::bidi_control);
  CHECK(file.findings[0].text == "U+202E");
}

TEST_CASE("Formats that are only read are not written") {
  CHECK_FALSE(write_captions(CaptionFormat::ass, {}, {}).has_value());
  CHECK(write_captions(CaptionFormat::webvtt, {}, {})->text == "WEBVTT\n");
}

}  // namespace
