// SPDX-License-Identifier: GPL-3.0-or-later
// The checklist of the house for HLS (H1–H30), as far as the tracks exist.
#include "media/manifest/hls.hpp"

#include "media/manifest/rates.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/media/sample_package.hpp"

#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

using namespace tongxing::media;
using namespace tongxing::media::manifest;
using namespace tongxing::test;
using namespace std::chrono_literals;
using Attributes = std::map<std::string, std::string>;

struct Line {
  std::string tag;
  Attributes attributes;
  std::string uri;  // the next line, for variants
};

Attributes parse_attributes(const std::string& text) {
  Attributes result;
  std::size_t at = 0;
  while (at < text.size()) {
    const auto equals = text.find('=', at);
    const bool quoted = text.at(equals + 1) == '"';
    const auto end = quoted ? text.find('"', equals + 2) + 1 : std::min(text.find(',', equals), text.size());
    REQUIRE(result.emplace(text.substr(at, equals - at), text.substr(equals + 1, end - equals - 1)).second);
    REQUIRE((end == text.size() || text[end] == ','));
    at = end + 1;
  }
  return result;
}

std::vector<Line> lines_of(const std::string& playlist, const std::string& tag) {
  std::vector<Line> result;
  std::istringstream in{playlist};
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with(tag + ':')) continue;
    Line parsed{tag, parse_attributes(line.substr(tag.size() + 1)), {}};
    if (tag == "#EXT-X-STREAM-INF") std::getline(in, parsed.uri);
    result.push_back(parsed);
  }
  return result;
}

std::string master(const Package& package = sample_package()) {
  return multivariant_playlist(package, sample_tracks(), {});
}

TEST_CASE("A multivariant playlist has the form that real players were tested with") {
  auto package = sample_package();
  package.renditions = {package.renditions[1], package.renditions[3]};
  const std::vector<TextTrack> tracks{sample_tracks()[0]};
  CHECK(
      multivariant_playlist(package, tracks, {}) ==
      "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n"
      "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"aac\",NAME=\"普通话\",LANGUAGE=\"cmn\",DEFAULT=YES,AUTOSELECT=YES,"
      "CHANNELS=\"1\",URI=\"a-cmn/index.m3u8\"\n"
      "#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"subs\",NAME=\"简体中文（含声音说明）\",LANGUAGE=\"zh-Hans\","
      "DEFAULT=NO,AUTOSELECT=YES,FORCED=NO,CHARACTERISTICS=\"public.accessibility.transcribes-spoken-dialog,"
      "public.accessibility.describes-music-and-sound\",URI=\"t-zh-Hans-caption-1/index.m3u8\"\n"
      "#EXT-X-STREAM-INF:BANDWIDTH=258045,AVERAGE-BANDWIDTH=254445,CODECS=\"avc1.4D401E,mp4a.40.2\","
      "RESOLUTION=640x360,FRAME-RATE=25.000,AUDIO=\"aac\",SUBTITLES=\"subs\",CLOSED-CAPTIONS=NONE\n"
      "v360/index.m3u8\n");
}

TEST_CASE("H1 H2 H4 H5: a variant tells its measured rates, codecs, size and frame rate") {
  for (const auto& line : lines_of(master(), "#EXT-X-STREAM-INF")) {
    const auto& a = line.attributes;
    CHECK(a.at("CODECS") == "\"avc1.4D401E,mp4a.40.2\"");
    CHECK(a.at("CLOSED-CAPTIONS") == "NONE");
    CHECK(a.at("FRAME-RATE") == "25.000");
    CHECK(a.at("AUDIO") == "\"aac\"");
    CHECK(a.at("SUBTITLES") == "\"subs\"");
    CHECK(a.contains("AVERAGE-BANDWIDTH"));
  }
  const auto lines = lines_of(master(), "#EXT-X-STREAM-INF");
  const auto package = sample_package();
  const auto sound = peak_bit_rate(package.renditions[3], 6s);
  CHECK(lines[1].attributes.at("BANDWIDTH") ==
        std::to_string(peak_bit_rate(package.renditions[0], 6s) + sound));
}

TEST_CASE("H1: the peak of the loudest rendition of the audio group counts for every variant") {
  auto package = sample_package();
  package.renditions.push_back(audio("a-yue", "yue", 75'000));
  const auto expected = peak_bit_rate(package.renditions[1], 6s) + peak_bit_rate(package.renditions[4], 6s);
  CHECK(lines_of(master(package), "#EXT-X-STREAM-INF")[0].attributes.at("BANDWIDTH") ==
        std::to_string(expected));
}

TEST_CASE("H1 H3: rates come from the segments, and a very short one does not count alone") {
  auto rendition = video("v", 640, 360, 1);
  CHECK(average_bit_rate(rendition) == 102'223);   // 172,500 bytes in 13.5 s
  CHECK(peak_bit_rate(rendition, 6s) == 104'000);  // the last two together: 97,500 bytes in 7.5 s
  rendition.segments = {{6'000'000, 75'000}, {40'000, 5'000}};
  CHECK(peak_bit_rate(rendition, 6s) == 105'961);  // 80,000 bytes in 6.04 s, not 1 Mb/s
  rendition.segments = {{6'000'000, 75'000}, {40'000, 10}};
  CHECK(peak_bit_rate(rendition, 6s) == 100'000);
  rendition.segments = {{1'000'000, 1'000}};
  CHECK(peak_bit_rate(rendition, 6s) == 8'000);
  rendition.segments.clear();
  CHECK(peak_bit_rate(rendition, 6s) == 0);
  CHECK(average_bit_rate(rendition) == 0);
}

TEST_CASE("H8: the first variant is the one nearest to 360p, then by rising size") {
  std::vector<std::string> uris;
  for (const auto& line : lines_of(master(), "#EXT-X-STREAM-INF")) uris.push_back(line.uri);
  CHECK(uris == std::vector<std::string>{"v360/index.m3u8", "v240/index.m3u8", "v720/index.m3u8"});
  auto portrait = sample_package();
  portrait.renditions = {video("v720", 720, 1280, 8), video("v360", 360, 640, 2)};
  CHECK(lines_of(master(portrait), "#EXT-X-STREAM-INF")[0].uri == "v360/index.m3u8");
}

TEST_CASE("H11 H13: every rendition has type, group, unique name and language; one audio default") {
  auto package = sample_package();
  package.renditions.push_back(audio("a-yue", "yue"));
  package.renditions.push_back(audio("a-cmn-2", "cmn"));
  std::map<std::string, std::set<std::string>> names;
  int defaults = 0;
  for (const auto& line : lines_of(master(package), "#EXT-X-MEDIA")) {
    const auto& a = line.attributes;
    CHECK(names[a.at("GROUP-ID")].insert(a.at("NAME")).second);
    CHECK(a.contains("LANGUAGE"));
    CHECK(a.contains("URI"));
    if (a.at("DEFAULT") == "YES") {
      ++defaults;
      CHECK(a.at("TYPE") == "AUDIO");
      CHECK(a.at("AUTOSELECT") == "YES");
    }
  }
  CHECK(defaults == 1);
  CHECK(names.at("\"aac\"") == std::set<std::string>{"\"普通话\"", "\"粵語\"", "\"普通话 2\""});
}

TEST_CASE("H12: of two renditions that a player can not tell apart, only the first may be chosen by itself") {
  auto package = sample_package();
  package.renditions.push_back(audio("a-cmn-2", "cmn"));
  auto tracks = sample_tracks();
  tracks.push_back(tracks[1]);
  std::set<std::string> seen;
  int withheld = 0;
  for (const auto& line : lines_of(multivariant_playlist(package, tracks, {}), "#EXT-X-MEDIA")) {
    auto key = line.attributes.at("GROUP-ID") + line.attributes.at("LANGUAGE");
    if (line.attributes.contains("CHARACTERISTICS")) key += line.attributes.at("CHARACTERISTICS");
    if (line.attributes.at("AUTOSELECT") == "YES") CHECK(seen.insert(key).second);
    withheld += line.attributes.at("AUTOSELECT") == "NO" ? 1 : 0;
  }
  CHECK(withheld == 2);
}

TEST_CASE("H16 H17 H19: captions and easy-read tracks carry exactly the marks that players know") {
  std::vector<std::string> marks;
  for (const auto& line : lines_of(master(), "#EXT-X-MEDIA")) {
    if (line.attributes.at("TYPE") != "SUBTITLES") continue;
    const auto mark = line.attributes.find("CHARACTERISTICS");
    marks.push_back(mark == line.attributes.end() ? "" : mark->second);
  }
  CHECK(marks == std::vector<std::string>{"\"public.accessibility.transcribes-spoken-dialog,"
                                          "public.accessibility.describes-music-and-sound\"",
                                          "", "\"public.easy-to-read\"", ""});
}

TEST_CASE("H29 H30: sound alone is its own playlist, its default rendition has no address") {
  auto package = sample_package();
  package.renditions.push_back(audio("a-yue", "yue"));
  CHECK(master(package).find("\na-cmn/index.m3u8") == std::string::npos);
  const auto text = audio_only_playlist(package, {}, {});
  const auto media = lines_of(text, "#EXT-X-MEDIA");
  REQUIRE(media.size() == 2);
  CHECK_FALSE(media[0].attributes.contains("URI"));
  CHECK(media[1].attributes.at("URI") == "\"a-yue/index.m3u8\"");
  const auto variants = lines_of(text, "#EXT-X-STREAM-INF");
  REQUIRE(variants.size() == 1);
  CHECK(variants[0].uri == "a-cmn/index.m3u8");
  CHECK(variants[0].attributes.at("CODECS") == "\"mp4a.40.2\"");
  CHECK_FALSE(variants[0].attributes.contains("SUBTITLES"));
}

TEST_CASE("A package without video or without sound has a playlist that says so") {
  auto package = sample_package();
  const auto sound = package.renditions.back();
  package.renditions.pop_back();
  const auto silent = multivariant_playlist(package, {}, {});
  CHECK(silent.find("AUDIO") == std::string::npos);
  CHECK(lines_of(silent, "#EXT-X-STREAM-INF")[0].attributes.at("CODECS") == "\"avc1.4D401E\"");
  CHECK(audio_only_playlist(package, {}, {}).empty());
  package.renditions = {sound};
  CHECK(multivariant_playlist(package, sample_tracks(), {}) ==
        audio_only_playlist(package, sample_tracks(), {}));
}

TEST_CASE("H25: a media playlist is on demand, ended, and no segment is longer than its target") {
  CHECK(media_playlist(audio("a-cmn", "cmn"), 6s) ==
        "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:6\n#EXT-X-PLAYLIST-TYPE:VOD\n"
        "#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-MAP:URI=\"init.mp4\"\n"
        "#EXTINF:5.994667,\ns0.m4s\n#EXTINF:6.016000,\ns1.m4s\n#EXTINF:1.489333,\ns2.m4s\n#EXT-X-ENDLIST\n");
  auto rendition = video("v", 640, 360, 1);
  rendition.segments[0].duration_us = 6'500'000;
  CHECK(media_playlist(rendition, 6s).find("#EXT-X-TARGETDURATION:7\n") != std::string::npos);
  rendition.segments = {{40'000, 10}};
  CHECK(media_playlist(rendition, 200ms).find("#EXT-X-TARGETDURATION:1\n") != std::string::npos);
  CHECK(media_playlist(rendition, 6s).find("#EXTINF:0.040000,\n") != std::string::npos);
}

TEST_CASE("H22 H24: caption segments cover the whole programme") {
  CHECK(
      subtitle_playlist(64'300ms) ==
      "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:30\n#EXT-X-PLAYLIST-TYPE:VOD\n"
      "#EXTINF:30.000000,\nt0.vtt\n#EXTINF:30.000000,\nt1.vtt\n#EXTINF:4.300000,\nt2.vtt\n#EXT-X-ENDLIST\n");
  CHECK(subtitle_playlist(60s).find("t2.vtt") == std::string::npos);
  CHECK(subtitle_playlist(10'600ms).find(
            "#EXT-X-TARGETDURATION:11\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXTINF:10.600000") != std::string::npos);
}

TEST_CASE("A cue that crosses a border is in both segments, one that touches it is not") {
  const auto segments = caption_segments(64'300ms);
  REQUIRE(segments == std::vector<TimeSpan>{{0s, 30s}, {30s, 60s}, {60s, 64'300ms}});
  const std::vector<TimeSpan> cues{{1s, 2s}, {28s, 30s}, {29s, 31s}, {30s, 61s}, {62s, 63s}};
  CHECK(cues_in(cues, segments[0]) == std::vector<std::size_t>{0, 1, 2});
  CHECK(cues_in(cues, segments[1]) == std::vector<std::size_t>{2, 3});
  CHECK(cues_in(cues, segments[2]) == std::vector<std::size_t>{3, 4});
  CHECK(caption_segments(0s) == std::vector<TimeSpan>{{0s, 0s}});
  CHECK(caption_segments(60s).size() == 2);
}

TEST_CASE("A name can not break out of its quotation marks or its line") {
  auto tracks = sample_tracks();
  tracks[0].name = "a\",URI=\"http://evil/\n#EXT-X-ENDLIST";
  const auto text = multivariant_playlist(sample_package(), tracks, {});
  const auto lines = lines_of(text, "#EXT-X-MEDIA");
  CHECK(lines[1].attributes.at("NAME") == "\"a”,URI=”http://evil/ #EXT-X-ENDLIST\"");
  CHECK(lines[1].attributes.at("URI") == "\"t-zh-Hans-caption-1/index.m3u8\"");
  CHECK(text.find("\n#EXT-X-ENDLIST") == std::string::npos);
}

TEST_CASE("Sounds are called by the names that are given, by well-known ones, or by their tag") {
  Names names;
  CHECK(audio_name(names, "yue") == "粵語");
  CHECK(audio_name(names, "hak") == "hak");
  names.audio["yue"] = "广东话";
  CHECK(audio_name(names, "yue") == "广东话");
  CHECK(made_unique({"a", "a", "a 2", "a"}) == std::vector<std::string>{"a", "a 2", "a 2 2", "a 3"});
}

}  // namespace
