// SPDX-License-Identifier: GPL-3.0-or-later
// The parser against the algorithm of WebVTT §6.1 to §6.3, step by step: what becomes a cue, and with which
// settings.
#include "accessibility/captions/caption_file.hpp"
#include "accessibility/captions/cue_settings.hpp"
#include "tests/support/catch.hpp"

#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace tongxing::accessibility;
using namespace std::string_literals;

CaptionFile read(std::string_view text) {
  auto file = read_webvtt(text);
  REQUIRE(file.has_value());
  return std::move(*file);
}

/// "id|text" of every cue.
std::vector<std::string> cues(std::string_view text) {
  std::vector<std::string> result;
  for (const auto& cue : read(text).track.cues) result.push_back(cue.id + '|' + cue.text);
  return result;
}

using Cues = std::vector<std::string>;

const std::string kTime = "00:00.000 --> 00:01.000";

TEST_CASE("A line with an arrow begins a cue, wherever it stands in a block") {
  // Third lines with an arrow end the block and are looked at again, as first lines of the next one.
  CHECK(cues("WEBVTT\n\n" + kTime + "\n" + kTime + "\nb") == Cues{"|", "|b"});
  CHECK(cues("WEBVTT\n\nid\n" + kTime + "\na\nid?\n" + kTime + "\nb") == Cues{"id|a\nid?", "|b"});
  CHECK(cues("WEBVTT\n\n-->\n" + kTime + "\na") == Cues{"|a"});
  CHECK(cues("WEBVTT\n\n--> x\nlost\n" + kTime + "\na") == Cues{"|a"});
  CHECK(cues("WEBVTT\n\n- -> --\n" + kTime + "\na") == Cues{"- -> --|a"});
  CHECK(cues("WEBVTT\n\none\ntwo\n" + kTime + "\na") == Cues{"|a"});
  CHECK(cues("WEBVTT\n\n" + kTime + "\na -- > b\n-- >") == Cues{"|a -- > b\n-- >"});
}

TEST_CASE("The header ends at an empty line or at a cue") {
  CHECK(cues("WEBVTT").empty());
  CHECK(cues("WEBVTT \t-->\n").empty());
  CHECK(cues("WEBVTT\n" + kTime + "\na") == Cues{"|a"});
  CHECK(cues("WEBVTT x\nA: b\n" + kTime + "\na") == Cues{"|a"});
  CHECK(cues("WEBVTT\nREGION\nid:r\n\n" + kTime + " region:r\na") == Cues{"|a"});
  CHECK(read("WEBVTT\nREGION\nid:r\n\n" + kTime + "\na").track.regions.empty());
  CHECK(cues("WEBVTT\n\n\n\n" + kTime + "\na\n\n\n\n" + kTime) == Cues{"|a", "|"});
}

TEST_CASE("Identifiers keep their spaces; a line of spaces is no empty line") {
  CHECK(cues("WEBVTT\n\n  a b \n" + kTime + "\nx") == Cues{"  a b |x"});
  CHECK(cues("WEBVTT\n\n \n" + kTime + "\nx\n \ny") == Cues{" |x\n \ny"});
}

TEST_CASE("All line ends and NUL are read before anything else") {
  CHECK(cues("WEBVTT\r\r" + kTime + "\ra\rb\r\rc\r" + kTime) == Cues{"|a\nb", "c|"});
  CHECK(cues("WEBVTT\r\n\r\n" + kTime + "\r\na\r\n\r\nb") == Cues{"|a"});
  CHECK(cues("WEBVTT\n\n\0x\n"s + kTime + "\n\0"s) == Cues{"\uFFFDx|\uFFFD"});
  CHECK(cues("WEBVTT\n\r" + kTime + "\n\ra") == Cues{"|"});
}

TEST_CASE("A second byte order mark is no signature, and is told") {
  const auto file = read("\xEF\xBB\xBF\xEF\xBB\xBFWEBVTT\n\n" + kTime + "\na");
  CHECK(file.track.cues.empty());
  CHECK(file.findings.front().kind == FindingKind::second_bom);
}

std::pair<long long, long long> times(const std::string& line) {
  const auto file = read("WEBVTT\n\n" + line + "\na");
  if (file.track.cues.empty()) return {-1, -1};
  return {file.track.cues[0].start.count(), file.track.cues[0].end.count()};
}

TEST_CASE("Times: hours are any number of digits, everything else is exact") {
  using Times = std::pair<long long, long long>;
  CHECK(times("00:00:01.234-->00:59:59.999") == Times{1234, 3'599'999});
  CHECK(times("\f 00:01.000 \t-->\f00:02.000\fx") == Times{1000, 2000});
  CHECK(times("60:00:00.000 --> 1:00:00.000") == Times{216'000'000, 3'600'000});
  CHECK(times("0000000000000000000000001:00:00.000 --> 00:00.000") == Times{3'600'000, 0});
  CHECK(times("99999999999999999999:00:00.000 --> 00:00.000").first == 999'999'999'999LL * 3'600'000);
  CHECK(times("00:02.000 --> 00:01.000") == Times{2000, 1000});  // backwards is a cue
  CHECK(times("00:01.000 --> 00:02.000align:start") == Times{1000, 2000});
  for (const auto* bad :
       {"60:00.000 --> 70:00.000", "100:00.000 --> 00:01.000", "1:00.000 --> 00:01.000",
        "00:00:60.000 --> 00:01.000", "00:60:00.000 --> 00:01.000", "00:00.00 --> 00:01.000",
        "00:00.000 --> 00:01.0000", "00:00.000 ---> 00:01.000", "00:00.000 x--> 00:01.000", "00:00.000 -->",
        "00:00.000 --> 00:01", "x00:00.000 --> 00:01.000", "00:00:.000 --> 00:01.000",
        "\u00A000:00.000 --> 00:01.000", "\v00:00.000 --> 00:01.000"}) {
    INFO(bad);
    CHECK(times(bad) == Times{-1, -1});
  }
}

CueSettings settings(const std::string& text) {
  return read("WEBVTT\n\nREGION\nid:r\n\nREGION\nid:q\n\n" + kTime + text + "\na").track.cues.at(0).settings;
}

TEST_CASE("Settings stand anywhere after the times, parted by any white space") {
  CHECK(settings("align:end").align == TextAlign::end);
  CHECK(settings("\talign:end\fsize:5%").size == 5);
  CHECK(settings(" align:end align:x").align == TextAlign::end);
  CHECK(settings(" align:end align:left").align == TextAlign::left);
  CHECK(settings(" Align:end ALIGN:end align:End") == CueSettings{});
  CHECK(settings("\u00A0align:end") == CueSettings{});
  CHECK(settings(" align :end align: end size=5%") == CueSettings{});
}

TEST_CASE("Lines are any number, percentages are 0 to 100") {
  CHECK(settings(" line:-0").line == 0.0);
  CHECK_FALSE(std::signbit(*settings(" line:-0").line));
  CHECK(settings(" line:-1.25").line == -1.25);
  CHECK(settings(" line:007").line == 7.0);
  CHECK(settings(" line:123456789012345678901234567890").line == 123456789012345678901234567890.0);
  CHECK(settings(" line:1" + std::string(308, '0')).line == 1e308);
  CHECK_FALSE(settings(" line:1" + std::string(309, '0')).line.has_value());
  CHECK(settings(" line:0." + std::string(323, '0') + "5").line == std::numeric_limits<double>::denorm_min());
  CHECK(settings(" line:0." + std::string(330, '0') + "5").line == 0.0);
  CHECK(settings(" line:100.000%").line_unit == LineUnit::percent);
  for (const auto* bad :
       {" line:100.001%", " line:-1%", " line:1.%", " line:.1%", " line:1.2.3", " line:1-2", " line:+1",
        " line:1e2", " line:%", " line:", " line:\u0661", " line:,end", " line:-"}) {
    INFO(bad);
    CHECK(settings(bad) == CueSettings{});
  }
}

TEST_CASE("An alignment that is no known word leaves the number, as the browsers have it") {
  CHECK(settings(" line:5%,top").line == 5.0);
  CHECK(settings(" line:5%,top").line_align == LineAlign::start);
  CHECK(settings(" line:5%,end line:6%").line_align == LineAlign::end);
  CHECK(settings(" line:5%,end line:6%,").line == 6.0);
  CHECK(settings(" position:5%,middle").position == 5.0);
  CHECK(settings(" position:5%,line-right position:7%,start").position_align == PositionAlign::line_right);
  CHECK(settings(" position:5,center") == CueSettings{});
  CHECK(read("WEBVTT\n\n" + kTime + " line:5%,top\na").findings.front().kind == FindingKind::setting_ignored);
}

TEST_CASE("A cue leaves its region by what is said after it") {
  CHECK(settings(" region:r").region == "r");
  CHECK(settings(" region:r region:q").region == "q");
  CHECK(settings(" region:r region:none").region.empty());
  CHECK(settings(" region:none region:r").region == "r");
  CHECK(settings(" region:r line:1").region.empty());
  CHECK(settings(" region:r size:99%").region.empty());
  CHECK(settings(" region:r vertical:lr").region.empty());
  CHECK(settings(" region:r size:100% line:x vertical:x position:1%").region == "r");
  CHECK(settings(" line:1 region:r").region == "r");
}

TEST_CASE("Regions are all kept, and the last one with a name counts") {
  const auto file = read(
      "WEBVTT\n\nREGION\nid:a id:b lines:18446744073709552000\nwidth:50%\n\nREGION \t\nid:b\nlines:1x "
      "lines:-1\n"
      "regionanchor:1%,2% viewportanchor:3%\nscroll:down\n\nREGION\nwidth:1%\n\nREGION: id=c\n\n" +
      kTime + " region:b\nx\n\nREGION\nid:late\n\n" + kTime + " region:late\ny");
  REQUIRE(file.track.regions.size() == 3);
  CHECK(file.track.regions[0].id == "b");
  CHECK(file.track.regions[0].lines == 18446744073709552000.0);
  CHECK(file.track.regions[0].width == 50);
  CHECK(file.track.regions[1] == Region{"b", 100, 3, 1, 2, 0, 100, false});
  CHECK(file.track.regions[2].id.empty());
  CHECK(file.track.cues.at(0).settings.region == "b");
  CHECK(file.track.cues.at(1).settings.region.empty());
}

TEST_CASE("A style block is a block of its own, before the first cue") {
  CHECK(read("WEBVTT\n\nSTYLE\n\n::cue{}\n").track.styles.empty());
  CHECK(read("WEBVTT\n\nSTYLE x\n::cue{}\n").track.styles.empty());
  CHECK(read("WEBVTT\n\nSTYLE\f \n::cue{}\nSTYLE\n").track.styles ==
        std::vector<std::string>{"::cue{}\nSTYLE"});
  // A cue whose times can not be read is none.
  CHECK(read("WEBVTT\n\nx --> y\na\n\nSTYLE\n::cue{}\n").track.styles.size() == 1);
  CHECK(read("WEBVTT\n\nSTYLE\n::cue{}\n" + kTime + "\na").track.cues.size() == 1);
}

}  // namespace
