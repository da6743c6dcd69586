// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/text/xml_reader.hpp"

#include "tests/support/catch.hpp"

#include <string>

namespace {

using namespace tongxing::accessibility;

/// <{space}name {space}attribute=value>, text, </>; "!malformed 3" at an error.
std::string read(std::string_view text) {
  XmlReader reader{text};
  std::string out;
  for (;;) {
    const auto token = reader.next();
    if (!token) {
      const auto kind = token.error().kind;
      out += kind == XmlErrorKind::malformed       ? "!malformed "
             : kind == XmlErrorKind::document_type ? "!dtd "
                                                   : "!deep ";
      return out + std::to_string(token.error().line);
    }
    if (token->kind == XmlTokenKind::finish) return out;
    if (token->kind == XmlTokenKind::text) out += '[' + token->text + ']';
    if (token->kind == XmlTokenKind::end) out += "</" + token->name + '>';
    if (token->kind != XmlTokenKind::start) continue;
    out += '<' + (token->space.empty() ? "" : '{' + token->space + '}') + token->name;
    for (const auto& each : token->attributes) {
      out += ' ' + (each.space.empty() ? "" : '{' + each.space + '}') + each.name + '=' + each.value;
    }
    out += '>';
  }
}

TEST_CASE("Elements, attributes, text, comments and CDATA") {
  CHECK(
      read("<?xml version='1.0'?><!-- c --><a b = \"1\" c='2'>x<e/>y<!--z--><![CDATA[<&]]></a >\n<!--c-->") ==
      "<a b=1 c=2>[x]<e></e>[y][<&]</a>");
  CHECK(read("\xEF\xBB\xBF<a>1\r\n2\r3</a>") == "<a>[1\n2\n3]</a>");
  CHECK(read("<a b='x\ny\tz'/>") == "<a b=x y z></a>");
  CHECK(read("<a>&lt;&amp;&gt;&quot;&apos;&#65;&#x4E2D;</a>") == "<a>[<&>\"'A中]</a>");
}

TEST_CASE("Namespaces are resolved, and end with their element") {
  CHECK(read("<a xmlns='u' xmlns:p='v' p:x='1' y='2'><p:b/></a>") == "<{u}a {v}x=1 y=2><{v}b></b></a>");
  CHECK(read("<a><b xmlns='u'/><b/></a>") == "<a><{u}b></b><b></b></a>");
  CHECK(read("<a xml:lang='en'/>") == "<a {http://www.w3.org/XML/1998/namespace}lang=en></a>");
  CHECK(read("<a><b xmlns:p='v'/><p:c/></a>") == "<a><b></b>!malformed 1");
}

TEST_CASE("A document type and its entities are refused") {
  CHECK(read("<!DOCTYPE a [<!ENTITY x 'y'>]>\n<a>&x;</a>") == "!dtd 1");
  CHECK(read("<a>\n<!ENTITY x 'y'></a>") == "<a>[\n]!dtd 2");
  CHECK(read("<a>\n\n&x;</a>") == "<a>!dtd 3");
  CHECK(read("<a b='&x;'/>") == "!dtd 1");
}

TEST_CASE("What is not well-formed is refused with its line") {
  for (const auto* bad : {"",
                          " ",
                          "x",
                          "<",
                          "<a",
                          "<a>",
                          "<a></b>",
                          "</a>",
                          "<a/><b/>",
                          "<a/>x",
                          "<a b>",
                          "<a b=c/>",
                          "<a b='1' b='2'/>",
                          "<a b='<'/>",
                          "<a b='1'c='2'/>",
                          "<a>&</a>",
                          "<a>&#0;</a>",
                          "<a>&#xD800;</a>",
                          "<a>&#x;</a>",
                          "<a>\x01</a>",
                          "<a><!-- </a>",
                          "<a><![CDATA[ </a>",
                          "<![CDATA[x]]>",
                          "<?x",
                          "<1/>",
                          "<a:b:c/>",
                          "<:a/>",
                          "<p:a/>",
                          "<a ='1'/>"}) {
    INFO(bad);
    CHECK(read(bad).find("!malformed") != std::string::npos);
  }
  CHECK(read("<a>\n<b>\n</a>") == "<a>[\n]<b>[\n]!malformed 3");
}

TEST_CASE("Depth and attributes are limited") {
  std::string deep;
  for (std::size_t i = 0; i < kMostXmlDepth; ++i) deep += "<a>";
  CHECK(read(deep + "<a>").ends_with("!deep 1"));
  std::string wide = "<a";
  for (std::size_t i = 0; i <= kMostXmlAttributes; ++i) wide += " a" + std::to_string(i) + "=''";
  CHECK(read(wide + "/>") == "!deep 1");
  CHECK(read("<a b='" + std::string(kMostXmlValue + 1, 'x') + "'/>") == "!deep 1");
  std::string spaces;
  for (int i = 0; i < 300; ++i) spaces += "<a xmlns:p='u'>";
  CHECK(read(spaces).ends_with("!deep 1"));
}

}  // namespace
