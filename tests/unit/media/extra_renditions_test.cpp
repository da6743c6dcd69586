// SPDX-License-Identifier: GPL-3.0-or-later
// What a package may hold beside the lesson's own picture and sound (H12, H15, H20, H21, H27, H28, D1–D3,
// D7–D9).
#include "media/manifest/chapters.hpp"
#include "media/manifest/dash.hpp"
#include "media/manifest/hls.hpp"
#include "media/manifest/package_files.hpp"
#include "media/manifest/rates.hpp"
#include "media/package_json/package_json.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/media/sample_package.hpp"

#include <string>

namespace {

using namespace tongxing::media;
using namespace tongxing::media::manifest;
using namespace tongxing::test;
using namespace std::chrono_literals;

/// 360p with measured key frames, the lesson's sound, its description and a dub, given in a confusing order.
Package rich_package() {
  Package package{
      .duration = 13'500ms, .segment_duration = 6s, .renditions = {video("v360", 640, 360, 2)}, .notes = {}};
  package.renditions[0].segments[0].key_bytes = 30'000;
  package.renditions[0].segments[1].key_bytes = 15'000;
  package.renditions[0].segments[2].key_bytes = 12'000;
  package.renditions.push_back(audio("a-cmn-ad", "cmn"));
  package.renditions.back().role = model::AudioRole::description;
  package.renditions.push_back(audio("a-yue", "yue"));
  package.renditions.back().role = model::AudioRole::dub;
  package.renditions.push_back(audio("a-cmn", "cmn"));
  package.sign = {video("sign480", 640, 480, 2), video("sign240", 320, 240, 1)};
  for (auto& rendition : package.sign) rendition.language = "csl";
  package.signed_picture = video("signed540", 960, 540, 4);
  package.thumbnails = model::Thumbnails{5, 5, 160, 90, 5s, 1, 31'250};
  package.has_poster = true;
  package.slides = 4;
  package.chapters = {{0ms, 4'000ms, "zh-Hans", "开头 <1>"},
                      {4'000ms, 13'500ms, "zh-Hans", "引号\"和反斜线\\"}};
  return package;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::size_t at(const std::string& text, const std::string& part) {
  const auto found = text.find(part);
  REQUIRE(found != std::string::npos);
  return found;
}

}  // namespace

TEST_CASE(
    "H13 H15: description is a rendition of its own that nobody gets unasked and everybody recognises") {
  const std::string master = multivariant_playlist(rich_package(), {}, {});
  CHECK(has(
      master,
      "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"aac\",NAME=\"普通话\",LANGUAGE=\"cmn\",DEFAULT=YES,AUTOSELECT=YES,"
      "CHANNELS=\"1\",URI=\"a-cmn/index.m3u8\"\n"
      "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"aac\",NAME=\"粵語\",LANGUAGE=\"yue\",DEFAULT=NO,AUTOSELECT=YES,"
      "CHANNELS=\"1\",URI=\"a-yue/index.m3u8\"\n"
      "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"aac\",NAME=\"普通话（口述影像）\",LANGUAGE=\"cmn\",DEFAULT=NO,"
      "AUTOSELECT=YES,CHARACTERISTICS=\"public.accessibility.describes-video\",CHANNELS=\"1\","
      "URI=\"a-cmn-ad/index.m3u8\"\n"));
}

TEST_CASE("H30: in audio.m3u8 only the default, which is the variant itself, has no address") {
  const std::string playlist = audio_only_playlist(rich_package(), {}, {});
  CHECK_FALSE(has(playlist, "URI=\"a-cmn/index.m3u8\""));
  CHECK(has(playlist, "URI=\"a-cmn-ad/index.m3u8\""));
  CHECK(has(playlist, "\na-cmn/index.m3u8\n"));
}

TEST_CASE("H27: the I-frame playlist names the first picture of each segment by its bytes") {
  const Package package = rich_package();
  CHECK(iframe_playlist(package.renditions[0]) ==
        "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:6\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-I-FRAMES-ONLY\n"
        "#EXT-X-MAP:URI=\"init.mp4\"\n"
        "#EXTINF:6.000000,\n#EXT-X-BYTERANGE:30000@0\ns0.m4s\n"
        "#EXTINF:6.000000,\n#EXT-X-BYTERANGE:15000@0\ns1.m4s\n"
        "#EXTINF:1.500000,\n#EXT-X-BYTERANGE:12000@0\ns2.m4s\n#EXT-X-ENDLIST\n");
  // 30,000 bytes in 6 s; all 57,000 in 13.5 s. The last one counts as lasting half a segment, 32,000 bits a
  // second.
  CHECK(has(multivariant_playlist(package, {}, {}),
            "#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=40000,AVERAGE-BANDWIDTH=33778,CODECS=\"avc1.4D401E\","
            "RESOLUTION=640x360,URI=\"v360/iframe.m3u8\"\n"));
  CHECK(iframe_playlist(sample_package().renditions[0]).empty());
  CHECK(iframe_playlist(package.renditions[1]).empty());
  CHECK_FALSE(has(multivariant_playlist(sample_package(), {}, {}), "I-FRAME"));
}

TEST_CASE("H21 D7: the signer never stands among the rungs of the lesson") {
  const Package package = rich_package();
  CHECK_FALSE(has(multivariant_playlist(package, {}, {}), "sign"));
  CHECK_FALSE(has(audio_only_playlist(package, {}, {}), "sign"));
  CHECK_FALSE(has(mpd(package, {}, {}), "sign"));
  const std::string sign = sign_playlist(package);
  CHECK_FALSE(has(sign, "AUDIO"));
  CHECK_FALSE(has(sign, "SUBTITLES"));
  CHECK(has(sign, "CODECS=\"avc1.4D401E\",RESOLUTION=320x240"));
  CHECK(at(sign, "sign240/index.m3u8") < at(sign, "sign480/index.m3u8") + 1'000);
  CHECK(sign_playlist(sample_package()).empty());
}

TEST_CASE("lesson and signer in one picture keep the lesson's sound and text") {
  const std::string playlist = signed_playlist(rich_package(), sample_tracks(), {});
  CHECK(has(playlist, "NAME=\"普通话（口述影像）\""));
  CHECK(has(playlist, "SUBTITLES=\"subs\""));
  CHECK(has(playlist, "\nsigned540/index.m3u8\n"));
  CHECK_FALSE(has(playlist, "v360/"));
  CHECK(signed_playlist(sample_package(), {}, {}).empty());
}

TEST_CASE(
    "D1 D2 D3: description in DASH is never main, is marked in both schemes, and ranks below the main "
    "sound") {
  const std::string text = mpd(rich_package(), {}, {});
  CHECK(has(text,
            "<AdaptationSet id=\"2\" contentType=\"audio\" mimeType=\"audio/mp4\" lang=\"cmn\" "
            "segmentAlignment=\"true\" startWithSAP=\"1\" selectionPriority=\"2\">"));
  const auto description = text.substr(at(text, "<AdaptationSet id=\"4\""), 1'400);
  CHECK(has(description, "selectionPriority=\"1\""));
  CHECK(has(description, "<Label>普通话（口述影像）</Label>"));
  CHECK(at(description,
           "<Accessibility schemeIdUri=\"urn:tva:metadata:cs:AudioPurposeCS:2007\" value=\"1\"/>") <
        at(description, "<Accessibility schemeIdUri=\"urn:mpeg:dash:role:2011\" value=\"description\"/>"));
  CHECK(at(description, "value=\"alternate\"/>") < at(description, "a-cmn-ad/init.mp4"));
  CHECK_FALSE(has(description.substr(0, at(description, "</AdaptationSet>")), "value=\"main\""));
  CHECK(has(text, "<Role schemeIdUri=\"urn:mpeg:dash:role:2011\" value=\"dub\"/>"));
}

TEST_CASE("D8: sign.mpd says sign in both ways, in the language of the signs, without sound") {
  const std::string text = sign_mpd(rich_package(), {});
  CHECK(has(text, "lang=\"csl\""));
  CHECK(has(text, "<Accessibility schemeIdUri=\"urn:mpeg:dash:role:2011\" value=\"sign\"/>"));
  CHECK(has(text, "<Role schemeIdUri=\"urn:mpeg:dash:role:2011\" value=\"sign\"/>"));
  CHECK_FALSE(has(text, "audio"));
  CHECK(has(text, "mediaPresentationDuration=\"PT13.500S\""));
  CHECK(sign_mpd(sample_package(), {}).empty());
}

TEST_CASE("D9: sheets of small pictures are described as the DASH-IF guidelines say") {
  const std::string text = mpd(rich_package(), {}, {});
  // One sheet holds 25 pictures of 5 s: 125 s; 31,250 bytes in 125 s are 2,000 bits a second.
  CHECK(has(text,
            "<Representation id=\"thumb\" bandwidth=\"2000\" width=\"800\" height=\"450\">\n"
            "        <EssentialProperty schemeIdUri=\"http://dashif.org/guidelines/thumbnail_tile\" "
            "value=\"5x5\"/>\n"
            "        <SegmentTemplate timescale=\"1000\" duration=\"125000\" startNumber=\"0\" "
            "media=\"thumb/t$Number$.jpg\"/>"));
  CHECK_FALSE(has(mpd(sample_package(), {}, {}), "thumbnail"));
}

TEST_CASE("H28: every chapter has a duration, and its title cannot break the file") {
  CHECK(chapters_json(rich_package().chapters) ==
        "[{\"chapter\":1,\"start-time\":0.000,\"duration\":4.000,\"titles\":[{\"language\":\"zh-Hans\","
        "\"title\":\"开头 "
        "<1>\"}]},\n"
        " {\"chapter\":2,\"start-time\":4.000,\"duration\":9.500,\"titles\":[{\"language\":\"zh-Hans\","
        "\"title\":\"引号\\\"和反斜线\\\\\"}]}]\n");
  CHECK(has(chapters_vtt(rich_package().chapters), "\n1\n00:00:00.000 --> 00:00:04.000\n开头 &lt;1&gt;\n"));
  CHECK(has(multivariant_playlist(rich_package(), {}, {}),
            "#EXT-X-SESSION-DATA:DATA-ID=\"com.apple.hls.chapters\",URI=\"chapters.json\"\n"));
  CHECK_FALSE(has(multivariant_playlist(sample_package(), {}, {}), "SESSION-DATA"));
}

TEST_CASE("a package names all of its manifests, and one without extras only the old ones") {
  const auto paths = [](const std::vector<TextFile>& files) {
    std::string text;
    for (const auto& file : files) text += file.path + ' ';
    return text;
  };
  CHECK(paths(track_manifests(rich_package(), {}, {})) == "manifest.mpd audio.m3u8 signed.m3u8 master.m3u8 ");
  CHECK(paths(fixed_manifests(rich_package(), {})) ==
        "v360/index.m3u8 v360/iframe.m3u8 a-cmn-ad/index.m3u8 a-yue/index.m3u8 a-cmn/index.m3u8 "
        "sign480/index.m3u8 "
        "sign240/index.m3u8 signed540/index.m3u8 sign.m3u8 sign.mpd chapters.json chapters.vtt ");
  CHECK(paths(track_manifests(sample_package(), {}, {})) == "manifest.mpd audio.m3u8 master.m3u8 ");
}

TEST_CASE("everything that a package may hold survives JSON; a hostile member is refused") {
  auto package = rich_package();
  for (auto* list : {&package.renditions, &package.sign}) {
    for (auto& rendition : *list) rendition.init_bytes = 800;
  }
  package.signed_picture->init_bytes = 800;
  const std::string text = to_json(package);
  const auto read = read_package(text);
  REQUIRE(read);
  CHECK(to_json(*read) == text);
  CHECK(read->renditions[1].role == model::AudioRole::description);
  CHECK(read->renditions[0].segments[1].key_bytes == 15'000);
  CHECK(read->sign.size() == 2);
  CHECK(read->signed_picture->name == "signed540");
  CHECK(read->thumbnails->interval == 5s);
  CHECK(read->chapters == package.chapters);
  const auto with = [&](const std::string& from, const std::string& to) {
    auto changed = text;
    changed.replace(at(changed, from), from.size(), to);
    return read_package(changed);
  };
  CHECK(with("\"sign480\"", "\"v360\"") == std::unexpected(JsonFault::bad_value));
  CHECK(with("\"signed540\"", "\"../x\"") == std::unexpected(JsonFault::bad_value));
  CHECK(with("\"description\"", "\"king\"") == std::unexpected(JsonFault::bad_value));
  CHECK(with("30000]", "9000000]") == std::unexpected(JsonFault::bad_value));
  CHECK(with("\"columns\":5", "\"columns\":0") == std::unexpected(JsonFault::bad_value));
}

TEST_CASE("a job may ask for more, and a ladder is read with its limits") {
  model::JobSpec spec{"/in", "/out"};
  spec.extent = model::Extent::first_rung_only;
  spec.extra_audio = {{"/ad.wav", "cmn", model::AudioRole::description},
                      {"/yue.wav", "yue", model::AudioRole::dub}};
  spec.sign = "/sign.mp4";
  spec.sign_offset = model::Milliseconds{-2'500};
  spec.ladder = {{360, 24, 365, "main"}};
  const auto read = read_job(to_json(spec));
  REQUIRE(read);
  CHECK(to_json(*read) == to_json(spec));
  CHECK(read->extra_audio[0].role == model::AudioRole::description);
  CHECK(read->sign_language == "csl");
  CHECK(read->sign_offset == model::Milliseconds{-2'500});
  std::string far = to_json(spec);
  far.replace(far.find("-2500"), 5, "-3600001");
  CHECK(read_job(far) == std::unexpected(JsonFault::bad_value));
  CHECK(read->extent == model::Extent::first_rung_only);
  CHECK(
      read_ladder(R"([{"lines":360,"max_kbps":365},{"lines":720,"crf":22,"max_kbps":1500,"profile":"high"}])")
          ->at(1)
          .crf == 22);
  CHECK(read_ladder("[]") == std::unexpected(JsonFault::bad_value));
  CHECK(read_ladder("{}") == std::unexpected(JsonFault::not_json));
  CHECK(read_ladder(R"([{"lines":360}])") == std::unexpected(JsonFault::wrong_shape));
  CHECK(read_ladder(R"([{"lines":9,"max_kbps":365}])") == std::unexpected(JsonFault::bad_value));
  CHECK(read_ladder(R"([{"lines":360,"max_kbps":365,"profile":"x"}])") ==
        std::unexpected(JsonFault::bad_value));
}
