// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/cue_text.hpp"

#include "accessibility/captions/cue_settings.hpp"
#include "tests/support/catch.hpp"

#include <random>
#include <string>
#include <vector>

namespace {

using namespace tongxing::accessibility;
using namespace std::chrono_literals;
using Kind = FindingKind;

std::vector<Kind> problems(std::string_view text) {
  std::vector<Kind> result;
  for (const auto& problem : parse_cue_text(text).problems) result.push_back(problem.kind);
  return result;
}

std::string again(std::string_view text) {
  return markup_of(parse_cue_text(text).nodes);
}

TEST_CASE("All tags of WebVTT make their nodes") {
  const auto parsed = parse_cue_text(
      "<v.loud  Mary   Ann>a <i.x.y>b</i><b>c</b><u>d</u></v><c.red>e</c>"
      "<lang en-GB>f</lang><ruby>漢<rt>hàn</rt>字<rt>zì</ruby><00:00:01.500>g");
  REQUIRE(parsed.problems.empty());
  const auto& nodes = parsed.nodes;
  REQUIRE(nodes.size() == 6);
  CHECK(nodes[0].kind == NodeKind::voice);
  CHECK(nodes[0].text == "Mary Ann");
  CHECK(nodes[0].classes == std::vector<std::string>{"loud"});
  REQUIRE(nodes[0].children.size() == 4);
  CHECK(nodes[0].children[1].kind == NodeKind::italic);
  CHECK(nodes[0].children[1].classes == std::vector<std::string>{"x", "y"});
  CHECK(nodes[1].kind == NodeKind::class_span);
  CHECK(nodes[2].text == "en-GB");
  REQUIRE(nodes[3].children.size() == 4);
  CHECK(nodes[3].children[3].kind == NodeKind::ruby_text);
  CHECK(nodes[4].kind == NodeKind::timestamp);
  CHECK(nodes[4].time == 1500ms);
  CHECK(plain_text(nodes) == "a bcdef漢字g");
  CHECK(speaker_of(nodes) == "Mary Ann");
}

TEST_CASE("Character references are resolved, unknown ones stay as they are") {
  CHECK(plain_text("&lt;&gt;&amp;&quot;&apos;") == "<>&\"'");
  CHECK(plain_text("a&nbsp;b&lrm;c&rlm;") == "a\u00A0b\u200Ec\u200F");
  CHECK(plain_text("&#20013;&#x6587;") == "中文");
  CHECK(plain_text("&#0;") == "\uFFFD");
  CHECK(plain_text("&#x110000;") == "\uFFFD");
  CHECK(plain_text("&#99999999999999;") == "\uFFFD");
  CHECK(plain_text("&lt") == "<");  // old names need no semicolon
  CHECK(plain_text("&ampere &hellip;&eacute;&NotEqualTilde;") == "&ere \u2026\u00E9\u2242\u0338");
  for (const auto* text : {"&foo;", "&", "R&D", "& amp;", "&#;", "&#x;", "&1;", "&hellip", "&;"}) {
    INFO(text);
    CHECK(plain_text(text) == text);
  }
  CHECK(problems("&foo;") == std::vector{Kind::unknown_entity});
  CHECK(problems("R&D, a & b").empty());
  CHECK(parse_cue_text("<v R&amp;D>x").nodes[0].text == "R&D");
}

TEST_CASE("Deviations are told") {
  CHECK(problems("<b>a") == std::vector{Kind::tag_not_closed});
  CHECK(problems("<v A>a").empty());
  CHECK(problems("a</b>") == std::vector{Kind::end_tag_unmatched});
  CHECK(problems("<b>a</i></b>") == std::vector{Kind::end_tag_unmatched});
  CHECK(problems("<font color=red>a</font>") == std::vector{Kind::unknown_tag, Kind::unknown_tag});
  CHECK(problems("<rt>a") == std::vector{Kind::unknown_tag});
  CHECK(problems("<1>a") == std::vector{Kind::timestamp_ignored});
  CHECK(problems("<00:01.000x>a") == std::vector{Kind::timestamp_ignored});
  CHECK(problems("1 < 2") == std::vector{Kind::unknown_tag});
  CHECK(problems("<>a") == std::vector{Kind::unknown_tag});
}

TEST_CASE("Text that is cut off inside a tag ends there") {
  for (const auto* text : {"a<", "a<b", "a<b.", "a<v x", "a</", "a<0", "a&", "a<v &"}) {
    INFO(text);
    CHECK(plain_text(text).starts_with("a"));
  }
}

TEST_CASE("Depth is limited without losing text") {
  std::string deep;
  for (int i = 0; i < 5000; ++i) deep += "<b>";
  const auto parsed = parse_cue_text(deep + "x");
  CHECK(plain_text(parsed.nodes) == "x");
  CHECK(parsed.problems.front().kind == Kind::nested_too_deep);
}

TEST_CASE("Nothing but WebVTT's own tags is ever written") {
  CHECK(again("<script>alert(1)</script>") == "alert(1)");
  CHECK(again("<b onclick=x>a</b>") == "<b>a</b>");
  CHECK(again("a & b &lt;i&gt; --> c") == "a &amp; b &lt;i&gt; --&gt; c");
  CHECK(again("<v a&gt;b>x") == "<v a&gt;b>x</v>");
  CHECK(again("&#10;&#10;a&#10;&#10;b") == "a\nb");
  CHECK(again("<v a&#45;&#45;>x") == "<v a-&#45;>x</v>");
  CHECK(again("<c.-->x") == "<c>x</c>");
  CHECK(escaped_cue_text("<b>&\n\n-->") == "&lt;b&gt;&amp;\n--&gt;");
}

TEST_CASE("Whatever is written is read as the same, and is its own form") {
  constexpr const char* kPieces[] = {
      "<b>",   "</b>", "<i.a.b>",   "</i>",        "<v X Y>", "</v>", "<ruby>", "<rt>", "</rt>", "</ruby>",
      "&amp;", "&lt;", "&#x41;",    "<00:01.000>", "中文",    "\n",   " ",      "a",    "<",     ">",
      "&",     "<c",   "<lang zh>", "</lang>",     "<x>",     "-->",  ".",      "/"};
  std::mt19937 random{3};
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (auto count = random() % 20; count > 0; --count) text += kPieces[random() % std::size(kPieces)];
    const auto once = again(text);
    INFO(text);
    REQUIRE(again(once) == once);
    REQUIRE(problems(once).empty());
    REQUIRE(once.find("-->") == std::string::npos);
    REQUIRE(once.find("\n\n") == std::string::npos);
  }
}

CueSettings settings(std::string_view text) {
  return parse_cue_settings(text, {Region{.id = "r"}}).settings;
}

TEST_CASE("Cue settings are read as the algorithm says") {
  CHECK(settings("vertical:rl").vertical == Vertical::rl);
  CHECK(settings("line:-1").line == -1.0);
  CHECK(settings("line:-1").line_unit == LineUnit::lines);
  CHECK(settings("line:50.5%,center").line == 50.5);
  CHECK(settings("line:50%,center").line_unit == LineUnit::percent);
  CHECK(settings("line:50%,center").line_align == LineAlign::center);
  CHECK(settings("position:10%,line-right").position_align == PositionAlign::line_right);
  CHECK(settings("position:10%").position == 10.0);
  CHECK(settings("size:35%").size == 35.0);
  CHECK(settings("align:left").align == TextAlign::left);
  CHECK(settings("region:r").region == "r");
  CHECK(settings("region:r line:1").region.empty());
}

TEST_CASE("Settings that are no setting leave the default") {
  const CueSettings none;
  for (const auto* text :
       {"line:",     ":1",          "line",      "line:-",       "line:1.",     "line:.5",
        "line:--1",  "line:1-",     "line:101%", "line:-5%",     "position:5",  "position:101%",
        "size:-1%",  "size:100.1%", "size:5",    "align:middle", "vertical:up", "region:s",
        "unknown:1", "line:1e3",    "size:1e1%", "line:+1",      "line:nan",    "size:99999999999%"}) {
    INFO(text);
    const auto read = parse_cue_settings(text, {});
    CHECK(read.settings == none);
    CHECK(read.ignored.size() + (read.unknown_region.empty() ? 0 : 1) == 1);
  }
}

TEST_CASE("Settings and regions are written as they are read") {
  for (const auto* text :
       {" vertical:lr", " line:-2", " line:33.3%,end", " position:25%,line-left", " size:12.5%",
        " align:right", " line:0 position:50% size:80% align:start", " region:r", ""}) {
    CHECK(cue_settings_text(settings(text)) == text);
  }
  const Region region{"r", 40, 2, 1, 2, 3.5, 4, true};
  CHECK(parse_region(region_text(region)).region == region);
}

}  // namespace
