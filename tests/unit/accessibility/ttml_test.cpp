// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/caption_file.hpp"
#include "accessibility/captions/ttml_time.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace {

using namespace tongxing::accessibility;
using namespace std::chrono_literals;
using Kind = FindingKind;

CaptionFile read(const std::string& body, const std::string& head = {}, const std::string& attributes = {}) {
  auto file = read_ttml(
      "<tt xmlns='http://www.w3.org/ns/ttml' xmlns:tts='http://www.w3.org/ns/ttml#styling' "
      "xmlns:ttp='http://www.w3.org/ns/ttml#parameter' xmlns:ttm='http://www.w3.org/ns/ttml#metadata' "
      "xml:lang='zh-Hans' " +
      attributes + ">\n<head>" + head + "</head>\n<body>" + body + "</body></tt>");
  REQUIRE(file.has_value());
  return std::move(*file);
}

/// "1000-2000 text" of every cue.
std::vector<std::string> cues(const CaptionFile& file) {
  std::vector<std::string> result;
  for (const auto& cue : file.track.cues) {
    result.push_back(std::to_string(cue.start.count()) + '-' + std::to_string(cue.end.count()) + ' ' +
                     cue.text);
  }
  return result;
}

using Cues = std::vector<std::string>;

TEST_CASE("TTML times: clock, frames, offsets and ticks") {
  const TtmlClock film{.frame_rate = 24, .sub_frame_rate = 2, .tick_rate = 1000};
  CHECK(ttml_time("00:01:02", film) == 62'000ms);
  CHECK(ttml_time("100:00:00.5", film) == 360'000'500ms);
  CHECK(ttml_time("00:00:01.9996", film) == 2000ms);
  CHECK(ttml_time("00:00:01:12", film) == 1500ms);
  CHECK(ttml_time("00:00:01:12.1", film) == 1521ms);  // 12.5 of 24 frames
  CHECK(ttml_time("1.5h", film) == 5'400'000ms);
  CHECK(ttml_time("0.5m", film) == 30s);
  CHECK(ttml_time("12.345s", film) == 12'345ms);
  CHECK(ttml_time("250ms", film) == 250ms);
  CHECK(ttml_time("36f", film) == 1500ms);
  CHECK(ttml_time("1234t", film) == 1234ms);
  for (const auto* bad : {"", "1", "1:00:00", "00:60:00", "00:00:61", "00:00:01:25", "-1s", "1 s", "1S",
                          ".5s", "00:00", "00:00:01.", "s", "00:00:0a", "99999999999h", "wallclock(x)"}) {
    INFO(bad);
    CHECK_FALSE(ttml_time(bad, film).has_value());
  }
}

TEST_CASE("TTML: the times of an element count from its parent's, and end with them") {
  CHECK(
      cues(read("<div begin='10s' end='20s'><p begin='1s' end='3s'>a</p><p begin='4s' dur='2s' end='5s'>b</p>"
                "<p begin='5s'>c</p><p begin='9s' dur='60s'>d</p></div>")) ==
      Cues{"11000-13000 a", "14000-15000 b", "15000-20000 c", "19000-20000 d"});
  CHECK(cues(read("<div timeContainer='seq' begin='1s'><p dur='1s'>a</p><p begin='1s' dur='2s'>b</p><p "
                  "dur='1s'>c</p></div>")) == Cues{"1000-2000 a", "3000-5000 b", "5000-6000 c"});
  CHECK(cues(read("<div><p begin='5s' end='6s'>later</p><p begin='1s' end='2s'>first</p></div>")) ==
        Cues{"1000-2000 first", "5000-6000 later"});
}

TEST_CASE("TTML: frame and tick rates are the document's") {
  CHECK(cues(read("<div><p begin='24f' end='00:00:02:12'>a</p></div>", {}, "ttp:frameRate='24'")) ==
        Cues{"1000-2500 a"});
  CHECK(cues(read("<div><p begin='30000f' end='2000s'>a</p></div>", {},
                  "ttp:frameRate='30' ttp:frameRateMultiplier='1000 1001'")) == Cues{"1001000-2000000 a"});
  CHECK(cues(read("<div><p begin='20000000t' end='3s'>a</p></div>", {}, "ttp:tickRate='10000000'")) ==
        Cues{"2000-3000 a"});
}

TEST_CASE("TTML: spans with times of their own make a cue for each state") {
  CHECK(cues(read(
            "<div><p begin='1s' end='5s'><span end='2s'>one</span> <span begin='1s'>two</span></p></div>")) ==
        Cues{"1000-2000 one", "2000-3000 one two", "3000-5000 two"});
  CHECK(
      cues(read("<div><p><span begin='1s' end='2s'>a</span><span begin='3s' end='4s'>b</span></p></div>")) ==
      Cues{"1000-2000 a", "3000-4000 b"});
}

TEST_CASE("TTML: white space is collapsed, unless it is to be preserved") {
  CHECK(cues(read("<div><p begin='0s' end='1s'>\n  a  <span>b </span>\n c<br/>\n  d \n</p></div>")) ==
        Cues{"0-1000 a b c\nd"});
  CHECK(cues(read("<div><p begin='0s' end='1s' xml:space='preserve'>a  b\nc</p></div>")) ==
        Cues{"0-1000 a  b\nc"});
  CHECK(read("<div><p begin='0s' end='1s'> <br/> </p></div>").track.cues.empty());
}

TEST_CASE("TTML: styles, languages, ruby and speakers become WebVTT") {
  const std::string head =
      "<metadata><ttm:agent xml:id='li' type='person'><ttm:name "
      "type='full'>李老师</ttm:name></ttm:agent></metadata>"
      "<styling><style xml:id='s' tts:fontStyle='italic'/><style xml:id='t' style='s' "
      "tts:fontWeight='bold'/></styling>";
  CHECK(cues(read("<div><p begin='0s' end='1s' style='t'>a<span tts:fontStyle='normal'>b</span></p></div>",
                  head)) == Cues{"0-1000 <i><b>a</b></i><b>b</b>"});
  CHECK(cues(read("<div tts:textDecoration='underline'><p begin='0s' end='1s'>a</p></div>")) ==
        Cues{"0-1000 <u>a</u>"});
  CHECK(cues(read("<div><p begin='0s' end='1s'>好<span xml:lang='en'>hello</span></p></div>")) ==
        Cues{"0-1000 好<lang en>hello</lang>"});
  CHECK(cues(read("<div><p begin='0s' end='1s' ttm:agent='li'>好<br/>吗</p></div>", head)) ==
        Cues{"0-1000 <v 李老师>好\n吗</v>"});
  CHECK(cues(read("<div><p begin='0s' end='1s'><span tts:ruby='container'><span tts:ruby='base'>汉</span>"
                  "<span tts:ruby='delimiter'>(</span><span tts:ruby='text'>hàn</span></span>字 "
                  "&lt;b&gt;</p></div>")) == Cues{"0-1000 <ruby>汉<rt>hàn</rt></ruby>字 &lt;b&gt;"});
}

CueSettings placed(const std::string& region, const std::string& attributes = {}) {
  return read("<div><p begin='0s' end='1s' region='r'>a</p></div>",
              "<layout><region xml:id='r' " + region + "/></layout>", attributes)
      .track.cues.at(0)
      .settings;
}

TEST_CASE("TTML: the place of a region becomes settings") {
  const auto bottom =
      placed("tts:origin='10% 80%' tts:extent='80% 15%' tts:displayAlign='after' tts:textAlign='center'");
  CHECK(bottom.line == 95.0);
  CHECK(bottom.line_align == LineAlign::end);
  CHECK(bottom.size == 80.0);
  CHECK(bottom.position == 50.0);
  CHECK(bottom.align == TextAlign::center);
  const auto top = placed("tts:origin='64px 72px' tts:extent='320px 72px' tts:textAlign='start'",
                          "tts:extent='640px 720px'");
  CHECK(top.line == 10.0);
  CHECK(top.line_align == LineAlign::start);
  CHECK(top.position == 10.0);
  CHECK(top.size == 50.0);
  CHECK(
      placed("tts:origin='0c 5c' tts:extent='16c 5c' tts:displayAlign='center'", "ttp:cellResolution='32 20'")
          .line == 37.5);
  CHECK(placed("tts:writingMode='tbrl'").vertical == Vertical::rl);
  CHECK(placed("tts:displayAlign='after'") == CueSettings{});
  CHECK(read("<div><p begin='0s' end='1s' region='r'>a</p></div>",
             "<layout><region xml:id='r' tts:origin='5px 5px'/></layout>")
            .findings.at(0)
            .kind == Kind::position_lost);
}

TEST_CASE("TTML: what is lost is told, each style once") {
  const auto file = read(
      "<div tts:color='red'>\n<p begin='0s' end='1s' tts:color='blue'>a<set tts:color='x'/></p>\n<p "
      "begin='x' end='1s'>b</p>"
      "<p begin='1s'>c</p></div>");
  CHECK(cues(file) == Cues{"0-1000 a"});
  std::vector<std::pair<Kind, std::string>> told;
  for (const auto& finding : file.findings) told.emplace_back(finding.kind, finding.text);
  CHECK(told == std::vector<std::pair<Kind, std::string>>{{Kind::style_lost, "color"},
                                                          {Kind::markup_lost, "<set>"},
                                                          {Kind::timing_malformed, "x"},
                                                          {Kind::timing_malformed, "<p>"}});
}

TEST_CASE("TTML: documents that are none, or hostile, are refused") {
  CHECK(read_ttml("<html/>").error().kind == CaptionErrorKind::not_captions);
  CHECK(read_ttml("<tt>\n<p></tt>").error() == CaptionError{CaptionErrorKind::broken_xml, 2});
  CHECK(read_ttml("<!DOCTYPE tt SYSTEM 'file:///etc/passwd'><tt/>").error().kind ==
        CaptionErrorKind::xml_with_dtd);
  CHECK(read_ttml("<tt><body>&lol9;</body></tt>").error().kind == CaptionErrorKind::xml_with_dtd);
  CHECK(read_ttml("<tt/>").value().track.cues.empty());
  std::string many;
  for (int i = 0; i < 300; ++i) many += "<span begin='" + std::to_string(i) + "s'>x</span>";
  CHECK(read_ttml("<tt><body><div><p end='999s'>" + many + "</p></div></body></tt>").error().kind ==
        CaptionErrorKind::cue_too_long);
}

TEST_CASE("TTML: hostile documents cost little time") {
  // What children inherit is copied for each of them.
  const std::string long_value(2000, 'x');
  std::string body = "<tt><body region='" + long_value + "'>";
  for (int i = 0; i < 100'000; ++i) body += "<div/>";
  CHECK(read_ttml(body + "</body></tt>").has_value());
  // A long text that many spans divide in time.
  std::string spans;
  for (int i = 0; i < 150; ++i) spans += "<span begin='" + std::to_string(i) + "s'>x</span>";
  const std::string text(1'000'000, 'x');
  CHECK(read_ttml("<tt><body><div><p end='999s'>" + text + spans + "</p></div></body></tt>").error().kind ==
        CaptionErrorKind::cue_too_long);
}

}  // namespace
