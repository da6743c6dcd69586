// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/check/hls_playlist.hpp"
#include "media/check/languages.hpp"
#include "media/check/numbers.hpp"
#include "media/check/paths.hpp"
#include "media/check/rendition.hpp"
#include "tests/support/catch.hpp"

#include <string>
#include <variant>
#include <vector>

using namespace tongxing::media::check;

namespace {

MultivariantPlaylist multivariant(const std::string& lines) {
  auto playlist = read_playlist("#EXTM3U\n" + lines);
  REQUIRE(playlist);
  REQUIRE(std::holds_alternative<MultivariantPlaylist>(*playlist));
  return std::get<MultivariantPlaylist>(std::move(*playlist));
}

MediaPlaylist media(const std::string& lines) {
  auto playlist = read_playlist("#EXTM3U\n" + lines);
  REQUIRE(playlist);
  REQUIRE(std::holds_alternative<MediaPlaylist>(*playlist));
  return std::get<MediaPlaylist>(std::move(*playlist));
}

}  // namespace

TEST_CASE("a multivariant playlist is read with its lines") {
  const auto playlist = multivariant(
      "#EXT-X-VERSION:7\r\n#EXT-X-INDEPENDENT-SEGMENTS\r\n\r\n# a comment\r\n"
      "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"a,b\",NAME=\"普通话=1\",URI=\"a/index.m3u8\"\r\n"
      "#EXT-X-STREAM-INF:BANDWIDTH=100,CODECS=\"avc1.4D401E,mp4a.40.2\",AUDIO=\"a,b\"\r\nv/index.m3u8\r\n"
      "#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=5,URI=\"v/"
      "iframe.m3u8\"\n#EXT-X-SESSION-DATA:DATA-ID=\"x\",URI=\"c.json\"\n");
  CHECK(playlist.independence == MultivariantPlaylist::Independence::said);
  CHECK(playlist.problems.empty());
  REQUIRE(playlist.media.size() == 1);
  CHECK(playlist.media[0].line == 6);
  CHECK(playlist.media[0].uri == "a/index.m3u8");
  CHECK(playlist.media[0].attributes.text("GROUP-ID") == "a,b");
  CHECK(playlist.media[0].attributes.text("NAME") == "普通话=1");
  CHECK_FALSE(playlist.media[0].attributes.find("LANGUAGE"));
  REQUIRE(playlist.variants.size() == 1);
  CHECK(playlist.variants[0].line == 7);
  CHECK(playlist.variants[0].uri == "v/index.m3u8");
  CHECK(playlist.variants[0].attributes.is("BANDWIDTH", "100"));
  CHECK(playlist.variants[0].attributes.text("CODECS") == "avc1.4D401E,mp4a.40.2");
  CHECK(playlist.frame_lists.at(0).uri == "v/iframe.m3u8");
  CHECK(playlist.session_data.at(0).uri == "c.json");
}

TEST_CASE("a media playlist is read with ranges that go on where the last one ended") {
  const auto playlist = media(
      "#EXT-X-TARGETDURATION:6\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-MAP:URI=\"one.mp4\",BYTERANGE=\"700@0\"\n"
      "#EXTINF:6.0060060,title\n#EXT-X-BYTERANGE:100@700\none.mp4\n#EXTINF:5,\n#EXT-X-BYTERANGE:50\none.mp4\n"
      "#EXT-X-ENDLIST\n");
  CHECK(playlist.target_seconds == 6);
  CHECK(playlist.type == "VOD");
  CHECK(playlist.marks.end);
  CHECK_FALSE(playlist.marks.encrypted);
  CHECK(playlist.problems.empty());
  REQUIRE(playlist.maps.size() == 1);
  CHECK(playlist.maps[0].range == ByteRange{0, 700});
  REQUIRE(playlist.segments.size() == 2);
  CHECK(playlist.segments[0].duration_us == 6'006'006);
  CHECK(playlist.segments[0].range == ByteRange{700, 100});
  CHECK(playlist.segments[0].line == 7);
  CHECK(playlist.segments[1].range == ByteRange{800, 50});
}

TEST_CASE("faults of a playlist are told with their line") {
  CHECK_FALSE(read_playlist(""));
  CHECK_FALSE(read_playlist("#EXTM3U8\n"));
  CHECK_FALSE(read_playlist("\xEF\xBB\xBF#EXTM3U\n"));
  CHECK_FALSE(read_playlist("#EXTM3U\n# \xC4\xE3\n"));
  CHECK_FALSE(read_playlist("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\na\n#EXTINF:1,\nb\n"));

  const auto open = multivariant("#EXT-X-MEDIA:TYPE=AUDIO,NAME=\"x\n");
  REQUIRE(open.problems.size() == 1);
  CHECK(open.problems[0].line == 2);
  CHECK(open.media.at(0).attributes.is("TYPE", "AUDIO"));
  CHECK(multivariant("#EXT-X-MEDIA:type=AUDIO\n").problems.size() == 1);
  CHECK(multivariant("#EXT-X-MEDIA:TYPE=AUDIO,TYPE=VIDEO\n").problems.size() == 1);
  CHECK(multivariant("#EXT-X-MEDIA:NAME=\"a\"TYPE=AUDIO\n").problems.size() == 1);
  CHECK(multivariant("#EXT-X-STREAM-INF:BANDWIDTH=1\n").problems.size() == 1);
  CHECK(media("#EXTINF:-1,\na\n").problems.size() == 2);
  CHECK(media("#EXTINF:1\na\n").problems.size() == 1);
  CHECK(media("#EXTINF:1,\n#EXT-X-BYTERANGE:5\na\n").problems.size() == 1);
  CHECK(media("#EXT-X-TARGETDURATION:6.0\n").problems.size() == 1);
}

TEST_CASE("a playlist of a million lines is refused, not kept") {
  std::string lines = "#EXTM3U\n";
  for (int i = 0; i < 100'001; ++i) lines += "#EXTINF:1,\na\n";
  CHECK_FALSE(read_playlist(lines));
}

TEST_CASE("numbers of manifests are read strictly") {
  CHECK(whole_number("0") == 0);
  CHECK(whole_number("9007199254740991") == 9'007'199'254'740'991);
  CHECK_FALSE(whole_number("9007199254740992"));
  CHECK_FALSE(whole_number(""));
  CHECK_FALSE(whole_number("+1"));
  CHECK_FALSE(whole_number("1e3"));
  CHECK(seconds_to_us("6") == 6'000'000);
  CHECK(seconds_to_us("0.0416666") == 41'667);
  CHECK(seconds_to_us("0.0416664999") == 41'666);
  CHECK_FALSE(seconds_to_us("inf"));
  CHECK_FALSE(seconds_to_us("1.2.3"));
  CHECK_FALSE(seconds_to_us("10000001"));
  CHECK(seconds_text(6'006'006) == "6.006 s");
  CHECK(seconds_text(-80'000) == "-0.080 s");
  CHECK(shown("a\x1B[31m\nb\xFF") == "a?[31m?b\xEF\xBF\xBD");
  CHECK(shown(std::string(500, 'x')).size() < 130);
}

TEST_CASE("addresses stay inside the package") {
  CHECK(package_file("v360/index.m3u8", "s0.m4s") == "v360/s0.m4s");
  CHECK(package_file("master.m3u8", "v360/index.m3u8?a=b#c") == "v360/index.m3u8");
  CHECK(package_file("v360/index.m3u8", "../a%20b/./x.mp4") == "a b/x.mp4");
  const auto fault = [](std::string_view uri) { return package_file("v360/index.m3u8", uri).error(); };
  CHECK(fault("../../x") == PathFault::above);
  CHECK(fault("%2e%2e/%2E./x") == PathFault::above);
  CHECK(fault("/etc/passwd") == PathFault::elsewhere);
  CHECK(fault("https://example.org/x") == PathFault::elsewhere);
  CHECK(fault("data:text/plain,x") == PathFault::elsewhere);
  CHECK(fault("") == PathFault::malformed);
  CHECK(fault("a%00b") == PathFault::malformed);
  CHECK(fault("a%5Cb") == PathFault::malformed);
  CHECK(fault("a%2") == PathFault::malformed);
  CHECK(extension("v360/S0.M4S") == "m4s");
  CHECK(extension("v.360/none").empty());
}

TEST_CASE("languages have their shortest code") {
  for (const auto* good : {"zh-Hans", "cmn", "yue", "en", "csl", "und", "pt-BR"})
    CHECK_FALSE(language_fault(good));
  for (const auto* bad : {"zho", "chi", "eng", "ger-AT", "deu", "zul", "", "中文", "a"}) {
    CAPTURE(bad);
    CHECK(language_fault(bad));
  }
  CHECK(is_sign_language("csl"));
  CHECK(is_sign_language("sgn-CN"));
  CHECK_FALSE(is_sign_language("zh"));
}

TEST_CASE("the peak is that of runs between half and one and a half of the target") {
  Rendition rendition;
  rendition.target_us = 6'000'000;
  const auto add = [&](std::int64_t ms, std::uint64_t bytes) {
    MeasuredSegment segment;
    segment.bytes = bytes;
    segment.listed.declared_us = ms * 1000;
    rendition.segments.push_back(segment);
  };
  add(6'000, 75'000);  // 100,000 bit/s
  CHECK(rendition.peak() == Approx(100'000));
  add(6'000, 60'000);  // 80,000
  add(1'000, 50'000);  // 400,000 alone, too short to count; with the one before 110,000 · 8 ÷ 7 s
  CHECK(rendition.peak() == Approx(125'714.29));
  CHECK(rendition.average() == Approx(185'000.0 * 8 / 13));
  rendition.segments = {rendition.segments[2]};
  CHECK(rendition.peak() == Approx(400'000));
  rendition.segments.clear();
  CHECK(rendition.peak() == 0);
}
