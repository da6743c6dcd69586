// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/text/language_tag.hpp"
#include "accessibility/text/script.hpp"
#include "accessibility/text/utf8.hpp"
#include "accessibility/text/width.hpp"
#include "tests/support/catch.hpp"

#include <string>

namespace {

using namespace tongxing::accessibility;
using namespace std::string_literals;
using namespace std::string_view_literals;

TEST_CASE("Every code point survives encoding and decoding") {
  for (char32_t code = 0; code <= 0x10FFFF; code += code < 0x3000 ? 1 : 7) {
    if (code >= 0xD800 && code <= 0xDFFF) continue;
    std::string text;
    append_utf8(text, code);
    const auto decoded = decode_front(text);
    REQUIRE(decoded.valid);
    REQUIRE(decoded.code == code);
    REQUIRE(decoded.length == text.size());
    REQUIRE_FALSE(first_invalid(text).has_value());
  }
}

TEST_CASE("What is not UTF-8 is found at its byte, and read as one replacement for each broken sequence") {
  CHECK(first_invalid("abc\xFF"s) == 3);
  CHECK(first_invalid("\xC0\x80"s) == 0);          // overlong NUL
  CHECK(first_invalid("好\xED\xA0\x80"s) == 3);    // a surrogate
  CHECK(first_invalid("\xF4\x90\x80\x80"s) == 0);  // above U+10FFFF
  CHECK(first_invalid("好\xE5\xA5"s) == 3);        // cut off
  CHECK(decode("a\xE5\xA5") == U"a\xFFFD");
  CHECK(decode("\xE5\xA5z") == U"\xFFFDz");
  CHECK(decode("\xF0\x90\x41") ==
        U"\xFFFD"
        U"A");
  CHECK(decode("\xC0\x80") == U"\xFFFD\xFFFD");
  CHECK(decode("\xED\xA0\x80") == U"\xFFFD\xFFFD\xFFFD");
  CHECK(decode_front("").length == 0);
}

TEST_CASE("Code points that do not exist are written as a replacement") {
  std::string text;
  append_utf8(text, 0xD800);
  append_utf8(text, 0x110000);
  CHECK(text == "\uFFFD\uFFFD");
}

TEST_CASE("UTF-16 of both byte orders becomes UTF-8") {
  CHECK(utf16_to_utf8("\x7D\x59\x41\x00"sv, ByteOrder::little) == "好A");
  CHECK(utf16_to_utf8("\x59\x7D\x00\x41"sv, ByteOrder::big) == "好A");
  CHECK(utf16_to_utf8("\x3D\xD8\x00\xDE"sv, ByteOrder::little) == "😀");
  CHECK(utf16_to_utf8("\x3D\xD8\x41\x00"sv, ByteOrder::little) == "\uFFFDA");
  CHECK(utf16_to_utf8("\x3D\xD8"sv, ByteOrder::little) == "\uFFFD");
  CHECK(utf16_to_utf8("\x41\x00\x42"sv, ByteOrder::little) == "A\uFFFD");
}

TEST_CASE("A Chinese line counts wide characters as one and others as a half") {
  const auto halves = [](std::string_view text) { return half_length(text, Counting::east_asian); };
  CHECK(halves("好") == 2);
  CHECK(halves("好a") == 3);
  CHECK(whole_length(halves("好a")) == 2);
  CHECK(halves("，。［］") == 8);
  CHECK(halves("ＡＢ") == 4);
  CHECK(halves("e\u0301") == 1);   // combining acute
  CHECK(halves("好\u200D") == 2);  // zero-width joiner
  CHECK(halves("가나") == 4);
  CHECK(halves("😀") == 2);
  CHECK(halves("𠮷") == 2);
  CHECK(halves("好\n好") == 4);
  CHECK(half_length("好 ab", Counting::code_points) == 8);
}

TEST_CASE("The way of counting follows the language") {
  for (const auto* tag : {"zh", "zh-Hans", "zh-Hant-HK", "cmn", "yue", "ja"}) {
    CHECK(counting_for(tag) == Counting::east_asian);
  }
  for (const auto* tag : {"en", "en-GB", "zha", ""}) CHECK(counting_for(tag) == Counting::code_points);
}

TEST_CASE("Characters and words are counted as people do") {
  CHECK(count_characters("你好，世界！") == 4);
  CHECK(count_characters("打开 Windows 11，按 F5 键。") == 7);
  CHECK(count_characters("") == 0);
  CHECK(count_characters(" ，。") == 0);
  CHECK(count_words("  two words\n") == 2);
  CHECK(count_words("") == 0);
  CHECK(count_words("你好　世界") == 2);
}

TEST_CASE("Scripts are told apart") {
  const auto script = [](std::string_view text) { return script_of(count_scripts(text)); };
  CHECK(script("我们来学习怎样和面") == Script::simplified);
  CHECK(script("我們來學習怎樣和麵") == Script::traditional);
  CHECK(script("你好") == Script::unknown);
  CHECK(script("打开 Windows 控制面板") == Script::simplified);
  CHECK(script("Hello world") == Script::latin);
  CHECK(script("これは日本語です") == Script::japanese);
  CHECK(script("한국어") == Script::korean);
  const auto cantonese = count_scripts("佢哋喺度做嘢");
  CHECK(cantonese.han == 6);
  CHECK(cantonese.cantonese == 4);
  CHECK(count_scripts("然后里面").traditional_only == 0);
  CHECK(count_scripts("然後裡面").traditional_only == 2);
}

TEST_CASE("Language tags are checked and put into canonical case") {
  const auto text = [](std::string_view tag) {
    const auto parsed = parse_language_tag(tag);
    return parsed ? parsed->text : "refused"s;
  };
  CHECK(text("ZH-hans") == "zh-Hans");
  CHECK(text("zh-hant-hk") == "zh-Hant-HK");
  CHECK(text("yue") == "yue");
  CHECK(text("zh-yue") == "zh-yue");
  CHECK(text("es-419") == "es-419");
  CHECK(text("de-DE-1996") == "de-DE-1996");
  CHECK(text("en-US-x-twain") == "en-US-x-twain");
  CHECK(text("zh-Hans-u-co-pinyin") == "zh-Hans-u-co-pinyin");
  for (const auto* bad :
       {"", "z", "中文", "zh_Hans", "zh-", "-zh", "zh--Hans", "zh-Hans-", "123", "zh-abcdefghi", "zh-u",
        "en-a", "en-x", "en-Hans-Hans", "zh-Hans\n", "abcdefghi", "en-aaaaaaaa-bbbbbbbb-cccccccc-dddddddd"}) {
    INFO(bad);
    CHECK(text(bad) == "refused");
  }
  const auto tag = parse_language_tag("zh-Hant-HK").value();
  CHECK(tag.language == "zh");
  CHECK(tag.script == "Hant");
  CHECK(tag.region == "HK");
}

}  // namespace
