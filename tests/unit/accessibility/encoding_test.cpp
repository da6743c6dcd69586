// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/text/encoding.hpp"

#include "accessibility/captions/caption_file.hpp"
#include "accessibility/text/bidi.hpp"
#include "tests/support/catch.hpp"

#include <string>

namespace {

using namespace tongxing::accessibility;
using namespace std::string_literals;

const std::string kTimes = "1\n00:00:01,000 --> 00:00:04,000\n";

// 大家好，今天我们学习怎样配制消毒液。
const std::string kGbk =
    "\xB4\xF3\xBC\xD2\xBA\xC3\xA3\xAC\xBD\xF1\xCC\xEC\xCE\xD2\xC3\xC7\xD1\xA7\xCF\xB0\xD4\xF5\xD1\xF9\xC5\xE4"
    "\xD6\xC6\xCF\xFB"
    "\xB6\xBE\xD2\xBA\xA1\xA3\n";
// 大家好，今天我們學習怎樣配製消毒液。
const std::string kBig5 =
    "\xA4\x6A\xAE\x61\xA6\x6E\xA1\x41\xA4\xB5\xA4\xD1\xA7\xDA\xAD\xCC\xBE\xC7\xB2\xDF\xAB\xE7\xBC\xCB\xB0\x74"
    "\xBB\x73\xAE\xF8"
    "\xAC\x72\xB2\x47\xA1\x43\n";

std::string wide(std::u16string_view text, bool little) {
  std::string out;
  for (const char16_t unit : text) {
    const auto low = static_cast<char>(unit & 0xFF);
    const auto high = static_cast<char>(unit >> 8);
    out += little ? low : high;
    out += little ? high : low;
  }
  return out;
}

TEST_CASE("Chinese encodings are told from each other and from UTF-8") {
  CHECK(detect_encoding(kTimes + kGbk) == Encoding::gb18030);
  CHECK(detect_encoding(kTimes + kBig5) == Encoding::big5);
  CHECK(detect_encoding(kTimes + "大家好，今天我们学习怎样配制消毒液。\n") == Encoding::utf8);
  CHECK(detect_encoding("\xEF\xBB\xBF" + kTimes) == Encoding::utf8_bom);
  CHECK(detect_encoding(kTimes) == Encoding::utf8);
  CHECK(detect_encoding("") == Encoding::utf8);
  // A few characters are enough; one of four bytes (GB 18030 only) does no harm.
  CHECK(detect_encoding(kTimes + "\xC4\xE3\xBA\xC3") == Encoding::gb18030);
  CHECK(detect_encoding(kTimes + "\x81\x30\x81\x30" + kGbk) == Encoding::gb18030);
}

TEST_CASE("What is neither is unknown, and damaged UTF-8 is UTF-8") {
  CHECK(detect_encoding(kTimes + "caf\xE9 na\xEFve \xFC"
                                 "ber") == Encoding::unknown);
  CHECK(detect_encoding("\xFF\xFF\xFF\xFF") == Encoding::unknown);
  CHECK(detect_encoding("大家好，今天我们学习\xFF怎样配制") == Encoding::utf8);
}

TEST_CASE("UTF-16 is known by its mark or by its zeros") {
  const auto text = u"1\n00:00:01,000 --> 00:00:04,000\n大家好\n";
  CHECK(detect_encoding("\xFF\xFE" + wide(text, true)) == Encoding::utf16_little);
  CHECK(detect_encoding("\xFE\xFF" + wide(text, false)) == Encoding::utf16_big);
  CHECK(detect_encoding(wide(text, true)) == Encoding::utf16_little);
  CHECK(detect_encoding(wide(text, false)) == Encoding::utf16_big);
  CHECK(read_captions(wide(text, false)).value().track.cues.at(0).text == "大家好");
  CHECK(read_captions(wide(text, true)).value().track.cues.at(0).text == "大家好");
  // NUL characters in a UTF-8 file are no UTF-16.
  CHECK(detect_encoding("WEBVTT\n\n00:01.000 --> 00:02.000\na\0b\0\n"s) == Encoding::utf8);
}

TEST_CASE("Captions are decoded by what the caller brings") {
  const Transcoder upper = [](std::string_view, Encoding encoding) {
    return std::optional{kTimes + (encoding == Encoding::big5 ? "BIG5" : "GB")};
  };
  const auto big5 = read_captions(kTimes + kBig5, upper).value();
  CHECK(big5.encoding == Encoding::big5);
  CHECK(big5.track.cues.at(0).text == "BIG5");
  CHECK(read_captions(kTimes + kGbk, upper).value().track.cues.at(0).text == "GB");
  CHECK(read_captions(kTimes + kGbk).error() == CaptionError{CaptionErrorKind::unsupported_encoding, 3});
  CHECK(name_of(Encoding::gb18030) == "gb18030");
  // WebVTT is UTF-8 by its standard, whatever the bytes are.
  const auto latin = read_captions("WEBVTT\n\n00:01.000 --> 00:02.000\ncaf\xE9\n").value();
  CHECK(latin.track.cues.at(0).text == "caf\uFFFD");
  CHECK(latin.findings.at(0).kind == FindingKind::not_utf8);
}

TEST_CASE("The format is known by name or by content") {
  CHECK(format_of_name("a/b.c/x.VTT") == CaptionFormat::webvtt);
  CHECK(format_of_name("x.ssa") == CaptionFormat::ass);
  CHECK(format_of_name("x.xml") == CaptionFormat::ttml);
  CHECK_FALSE(format_of_name("vtt").has_value());
  CHECK_FALSE(format_of_name("x.txt").has_value());
  CHECK(detect_format("\xEF\xBB\xBFwebvtt\n") == CaptionFormat::webvtt);
  CHECK(detect_format("\n 1\n00:00:01,000 --> ") == CaptionFormat::srt);
  CHECK(detect_format("0:00:01.000,0:00:02.000\nx") == CaptionFormat::sbv);
  CHECK(detect_format("; x\n[Script Info]\n") == CaptionFormat::ass);
  CHECK(detect_format("<?xml version='1.0'?><x:tt xmlns:x='y'/>") == CaptionFormat::ttml);
  CHECK_FALSE(detect_format("<html>-->").has_value());
  CHECK_FALSE(detect_format("hello").has_value());
  // A name decides against the content: a broken WebVTT file is not read as SRT.
  CHECK(read_captions_as(CaptionFormat::webvtt, kTimes + "a").error().kind == CaptionErrorKind::not_captions);
  CHECK(read_captions(" WEBVTT\n\n00:01.000 --> 00:02.000\na").error().kind ==
        CaptionErrorKind::not_captions);
}

TEST_CASE("Characters that reorder a text are found, and taken out unless they are harmless") {
  CHECK_FALSE(first_bidi_control("“中文” … — ‎ عربي").has_value());
  CHECK(first_bidi_control("a\u202Eb") == 0x202EU);
  CHECK(first_bidi_control("a\u2066b\u2069") == 0x2066U);
  CHECK(without_bidi_tricks("a\u202Eb\u202C\u202Ac") == "abc");
  CHECK(without_bidi_tricks("a\u2067b\u2069c") == "a\u2067b\u2069c");
  CHECK(without_bidi_tricks("a\u2067b\nc\u2069") == "ab\nc");
  CHECK(without_bidi_tricks("\u2069a\u2068") == "a");
  CHECK(without_bidi_tricks("\u2068a\u2068b\u2069\u202D") == "ab");
  CHECK(without_bidi_tricks("\xE2") == "\xE2");
}

}  // namespace
