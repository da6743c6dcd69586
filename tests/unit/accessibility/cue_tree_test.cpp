// SPDX-License-Identifier: GPL-3.0-or-later
// Cue text to its tree, WebVTT §6.4: tokenizer and tree building, in a short notation.
#include "accessibility/captions/cue_text.hpp"
#include "tests/support/catch.hpp"

#include <array>
#include <string>

namespace {

using namespace tongxing::accessibility;

/// b.x{…} for <b.x>…</b>, v(Name){…}, "text", @1500 for a time.
std::string notation(const std::vector<Node>& nodes) {
  constexpr std::array<std::string_view, 10> kNames{"", "", "c", "i", "b", "u", "ruby", "rt", "v", "lang"};
  std::string out;
  for (const auto& node : nodes) {
    if (node.kind == NodeKind::text) {
      out += '"' + node.text + '"';
    } else if (node.kind == NodeKind::timestamp) {
      out += '@' + std::to_string(node.time.count());
    } else {
      out += kNames[static_cast<std::size_t>(node.kind)];
      for (const auto& name : node.classes) out += '.' + name;
      if (node.kind == NodeKind::voice || node.kind == NodeKind::language) out += '(' + node.text + ')';
      out += '{' + notation(node.children) + '}';
    }
  }
  return out;
}

std::string tree(std::string_view text) {
  return notation(parse_cue_text(text).nodes);
}

TEST_CASE("Tags end at >, white space or a point; names are exact") {
  CHECK(tree("<b>x</b>") == "b{\"x\"}");
  CHECK(tree("<b\f>x") == "b{\"x\"}");
  CHECK(tree("<b\n\n>x") == "b{\"x\"}");
  CHECK(tree("<B>x</B>") == "\"x\"");
  CHECK(tree("<bb>x") == "\"x\"");
  CHECK(tree("< b>x") == "\"x\"");
  CHECK(tree("<b/>x") == "\"x\"");
  CHECK(tree("<b&amp;>x") == "\"x\"");
  CHECK(tree("a<b") == "\"a\"b{}");
  CHECK(tree("a<") == "\"a\"");
  CHECK(tree("<") == "");
  CHECK(tree("<.a>x") == "\"x\"");
  CHECK(tree("</b>x</") == "\"x\"");
  CHECK(tree("a > b >> c") == "\"a > b >> c\"");
  CHECK(tree("a<x>b") == "\"a\"\"b\"");
}

TEST_CASE("Classes are what stands between points; empty ones are none") {
  CHECK(tree("<c.a.b>x") == "c.a.b{\"x\"}");
  CHECK(tree("<c..a.>x") == "c.a{\"x\"}");
  CHECK(tree("<c.a b.c>x") == "c.a{\"x\"}");
  CHECK(tree("<i.\n.a>x") == "i{\"x\"}");
  CHECK(tree("<c.a&lt;>x") == "c.a&lt;{\"x\"}");
  CHECK(tree("<c.<b>x") == "c.<b{\"x\"}");
  CHECK(tree("<c.a") == "c.a{}");
}

TEST_CASE("Annotations are for voices and languages, with white space collapsed and references resolved") {
  CHECK(tree("<v>x") == "v(){\"x\"}");
  CHECK(tree("<v \t a \n b\f>x") == "v(a b){\"x\"}");
  CHECK(tree("<v.k a.b>x") == "v.k(a.b){\"x\"}");
  CHECK(tree("<v a&amp;b&lt;&copy>x") == "v(a&b<\u00A9){\"x\"}");
  CHECK(tree("<v a<b>x") == "v(a<b){\"x\"}");
  CHECK(tree("<v &>x") == "v(&){\"x\"}");
  CHECK(tree("<v a") == "v(a){}");
  CHECK(tree("<lang  zh-Hant>x</lang>y") == "lang(zh-Hant){\"x\"}\"y\"");
  CHECK(tree("<lang>x<lang en>y") == "lang(){\"x\"lang(en){\"y\"}}");
  CHECK(tree("<b ignored>x") == "b{\"x\"}");
}

TEST_CASE("An end tag closes the element it is directly in, and nothing else") {
  CHECK(tree("<b><i>x</b>y</i>z") == "b{i{\"x\"\"y\"}\"z\"}");
  CHECK(tree("<c.a>x</c.a>y") == "c.a{\"x\"\"y\"}");
  CHECK(tree("<b>x</b >y") == "b{\"x\"\"y\"}");
  CHECK(tree("<b>x</>y") == "b{\"x\"\"y\"}");
  CHECK(tree("<v A>x</v>y<v B>z") == "v(A){\"x\"}\"y\"v(B){\"z\"}");
}

TEST_CASE("Ruby text is only in ruby, and the end of ruby ends it") {
  CHECK(tree("<rt>x</rt>") == "\"x\"");
  CHECK(tree("<ruby>a<rt>b</ruby>c") == "ruby{\"a\"rt{\"b\"}}\"c\"");
  CHECK(tree("<ruby>a<rt>b</rt>c<rt>d") == "ruby{\"a\"rt{\"b\"}\"c\"rt{\"d\"}}");
  CHECK(tree("<ruby><b>a<rt>b</b>c") == "ruby{b{\"a\"\"b\"}\"c\"}");
  CHECK(tree("<ruby><rt><b>a</ruby>b</b></ruby>c") == "ruby{rt{b{\"a\"\"b\"}}}\"c\"");
  CHECK(tree("<ruby><rt><rt>a") == "ruby{rt{\"a\"}}");
}

TEST_CASE("Times inside a cue are whole times") {
  CHECK(tree("<00:00:01.500>x") == "@1500\"x\"");
  CHECK(tree("<00:01.500>x") == "@1500\"x\"");
  CHECK(tree("<00:01.500 >x") == "\"x\"");
  CHECK(tree("<00:01.5>x") == "\"x\"");
  CHECK(tree("<1:00:00.000>x") == "@3600000\"x\"");
  CHECK(tree("x<00:00.000") == "\"x\"@0");
  CHECK(tree("<b><00:01.000></b>") == "b{@1000}");
}

TEST_CASE("References are those of HTML") {
  CHECK(tree("&") == "\"&\"");
  CHECK(tree("&&amp&amp;&AMP;") == "\"&&&&\"");
  CHECK(tree("&quot;&apos;&nbsp;&hearts;") == "\"\"'\u00A0\u2665\"");
  CHECK(tree("&notin;&notit;&not;") == "\"\u2209\u00ACit;\u00AC\"");
  CHECK(tree("&hearts &1; &; &amp,") == "\"&hearts &1; &; &,\"");
  CHECK(tree("&#32;&#x4E2d;&#65x&#x41") == "\" 中AxA\"");
  CHECK(tree("&#x80;&#150;&#x9F;&#x81;") == "\"\u20AC\u2013\u0178\u0081\"");
  CHECK(tree("&#xD800;&#x110000;&#0;&#99999999999999999999;") == "\"\uFFFD\uFFFD\uFFFD\uFFFD\"");
  CHECK(tree("&#;&#x;&#xg;") == "\"&#;&#x;&#xg;\"");
  CHECK(tree("&lt;b&gt;x") == "\"<b>x\"");
  CHECK(tree("&<b>x") == "\"&\"b{\"x\"}");
  CHECK(tree("&CounterClockwiseContourIntegral;&zwnj;&Zfr;&acE;") == "\"\u2233\u200C\u2128\u223E\u0333\"");
}

TEST_CASE("What is deep is still a tree") {
  std::string deep;
  for (int i = 0; i < 340; ++i) deep += "<b>";
  CHECK(parse_cue_text(deep + "x").problems.size() == 340);  // each is not closed, none is too deep
}

}  // namespace
