// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/manifest/extended.hpp"

#include "media/manifest/dash.hpp"
#include "media/manifest/hls.hpp"
#include "media/manifest/package_files.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/media/sample_package.hpp"

#include <algorithm>
#include <string>

using namespace tongxing::media;
using namespace tongxing::test;
using namespace std::chrono_literals;

namespace {

/// The sample package, standing still for 4 s in its second segment.
Package described_package() {
  Package package = sample_package();
  Rendition described = audio("a-cmn-ad", "cmn");
  described.role = model::AudioRole::description;
  package.renditions.push_back(described);
  for (Rendition& rendition : package.renditions) {
    if (rendition.name == "a-cmn") continue;
    rendition.segments[1].still_bytes = rendition.segments[1].bytes + 1'000;
    if (rendition.kind == MediaKind::video) rendition.still_init_bytes = 700;
  }
  package.extended = model::Extended{"a-cmn-ad", {{1, 7'000ms, 4'000ms}}};
  return package;
}

std::vector<std::string> lines_with(const std::string& text, std::string_view what) {
  std::vector<std::string> found;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = text.find('\n', at);
    std::string line = text.substr(at, end - at);
    if (line.find(what) != std::string::npos) found.push_back(std::move(line));
    at = end + 1;
  }
  return found;
}

}  // namespace

TEST_CASE("The extended rendition has the captions of the lesson under the same names and marks") {
  const auto package = described_package();
  const auto plain =
      lines_with(manifest::multivariant_playlist(package, sample_tracks(), {}), "TYPE=SUBTITLES");
  const auto moved =
      lines_with(manifest::extended_multivariant(package, sample_tracks(), {}), "TYPE=SUBTITLES");
  REQUIRE(plain.size() == 4);
  REQUIRE(moved.size() == 4);
  for (std::size_t i = 0; i < plain.size(); ++i) {
    std::string expected = plain[i];
    expected.replace(expected.find("/index.m3u8"), 0, "-extended");
    CHECK(moved[i] == expected);
  }
}

TEST_CASE("The extended rendition has one sound, all pictures, and rates of what it plays") {
  const auto package = described_package();
  const auto text = manifest::extended_multivariant(package, {}, {});
  CHECK(text.find("SUBTITLES") == std::string::npos);
  CHECK(
      lines_with(text, "TYPE=AUDIO") ==
      std::vector<std::string>{
          "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"aac\",NAME=\"普通话（口述影像）\",LANGUAGE=\"cmn\",DEFAULT=YES,"
          "AUTOSELECT=YES,CHARACTERISTICS=\"public.accessibility.describes-video\",CHANNELS=\"1\","
          "URI=\"a-cmn-ad/described-extended.m3u8\""});
  CHECK(lines_with(text, ".m3u8").at(1) == "v360/described-extended.m3u8");
  CHECK(lines_with(text, "#EXT-X-STREAM-INF").size() == 3);
  CHECK(text.find("I-FRAME") == std::string::npos);
  // 360p: 150,000 + 121,000 + 75,000 bytes in 17.5 s; the sound: 37,500 + 38,500 + 9,375 bytes.
  CHECK(text.find("AVERAGE-BANDWIDTH=" + std::to_string(158'172 + 39'029)) != std::string::npos);
}

TEST_CASE("What stands still has its own init segment, and a discontinuity behind it") {
  const auto package = described_package();
  CHECK(manifest::extended_media_playlist(package, package.renditions[1]) ==
        "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:10\n#EXT-X-PLAYLIST-TYPE:VOD\n"
        "#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-MAP:URI=\"init.mp4\"\n#EXTINF:6.000000,\ns0.m4s\n"
        "#EXT-X-MAP:URI=\"xinit.mp4\"\n#EXTINF:10.000000,\nx1.m4s\n#EXT-X-DISCONTINUITY\n"
        "#EXT-X-MAP:URI=\"init.mp4\"\n#EXTINF:1.500000,\ns2.m4s\n#EXT-X-ENDLIST\n");
  const auto sound = manifest::extended_media_playlist(package, package.renditions.back());
  CHECK(sound.find("xinit") == std::string::npos);
  CHECK(sound.find("#EXTINF:10.016000,\nx1.m4s\n#EXT-X-DISCONTINUITY\n#EXTINF:1.489333,\ns2.m4s\n") !=
        std::string::npos);
  CHECK(manifest::extended_media_playlist(package, package.renditions[3]).empty());  // the main sound
  CHECK(manifest::extended_media_playlist(sample_package(), package.renditions[1]).empty());
}

TEST_CASE("Chapters are moved, and the last one ends with everything") {
  auto package = described_package();
  package.chapters = {{0ms, 7'000ms, "zh-Hans", "一"}, {7'000ms, 13'500ms, "zh-Hans", "二"}};
  const auto chapters = manifest::extended_chapters(package);
  CHECK(chapters[0].end == 7'000ms);
  CHECK(chapters[1].start == 7'000ms);  // with the description
  CHECK(chapters[1].end == 17'500ms);
  CHECK(manifest::extended_multivariant(package, {}, {}).find("URI=\"chapters-extended.json\"") !=
        std::string::npos);
  const auto files = manifest::fixed_manifests(package, {});
  const auto file = std::ranges::find(files, "chapters-extended.json", &manifest::TextFile::path);
  REQUIRE(file != files.end());
  CHECK(file->text.find("\"start-time\":7.000,\"duration\":10.500") != std::string::npos);
  CHECK(manifest::extended_duration(package) == 17'500ms);
}

TEST_CASE("A sound that stands still is a playlist of its own") {
  auto package = described_package();
  std::erase_if(package.renditions, [](const Rendition& one) { return one.kind == MediaKind::video; });
  const auto text = manifest::extended_multivariant(package, sample_tracks(), {});
  CHECK(lines_with(text, "TYPE=AUDIO").at(0).find("URI=") == std::string::npos);
  CHECK(lines_with(text, "a-cmn-ad/described-extended.m3u8").size() == 1);
  CHECK(lines_with(text, "TYPE=SUBTITLES").size() == 4);
}

TEST_CASE("H13 H15 D1 D3: of a silent film its silence is the main sound, the description one to choose") {
  auto package = described_package();
  package.renditions[3] = audio("a-zxx", "zxx", 200);
  const auto master = lines_with(manifest::multivariant_playlist(package, {}, {}), "TYPE=AUDIO");
  REQUIRE(master.size() == 2);
  CHECK(master[0].find("NAME=\"无声\",LANGUAGE=\"zxx\",DEFAULT=YES,AUTOSELECT=YES") != std::string::npos);
  CHECK(master[1].find("NAME=\"普通话（口述影像）\",LANGUAGE=\"cmn\",DEFAULT=NO,AUTOSELECT=YES") !=
        std::string::npos);
  const auto mpd = manifest::mpd(package, {}, {});
  const auto silence = mpd.find("lang=\"zxx\"");
  const auto described = mpd.find("lang=\"cmn\"");
  REQUIRE(silence < described);
  CHECK(mpd.find("value=\"main\"", silence) < described);
  CHECK(mpd.find("value=\"main\"", described) == std::string::npos);
  CHECK(mpd.find("selectionPriority=\"2\"", silence) < described);
  // Who only listens hears the description.
  const auto sound = lines_with(manifest::audio_only_playlist(package, {}, {}), "TYPE=AUDIO");
  REQUIRE(sound.size() == 1);
  CHECK(sound[0].find("LANGUAGE=\"cmn\",DEFAULT=YES") != std::string::npos);
  manifest::remove_description(package);
  CHECK(package.renditions.size() == 3);
}

TEST_CASE("Without its description a package knows nothing of pauses") {
  auto package = described_package();
  manifest::remove_description(package);
  CHECK(package.renditions.size() == 4);
  CHECK_FALSE(package.extended);
  CHECK(manifest::extended_multivariant(package, sample_tracks(), {}).empty());
  CHECK(package.renditions[0].still_init_bytes == 0);
  CHECK(package.renditions[0].segments[1].still_bytes == 0);
}
