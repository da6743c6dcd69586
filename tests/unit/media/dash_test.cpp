// SPDX-License-Identifier: GPL-3.0-or-later
// The checklist of the house for DASH (D1–D12), as far as the tracks exist.
#include "media/manifest/dash.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/media/sample_package.hpp"

#include <set>
#include <string>
#include <vector>

namespace {

using namespace tongxing::media;
using namespace tongxing::media::manifest;
using namespace tongxing::test;
using namespace std::chrono_literals;

std::vector<std::string> between(const std::string& text, const std::string& open, const std::string& close) {
  std::vector<std::string> result;
  for (auto at = text.find(open); at != std::string::npos; at = text.find(open, at)) {
    at += open.size();
    const auto end = text.find(close, at);
    REQUIRE(end != std::string::npos);
    result.push_back(text.substr(at, end - at));
  }
  return result;
}

std::vector<std::string> sets_of(const std::string& text) {
  return between(text, "<AdaptationSet", "</AdaptationSet>");
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string sample() {
  return mpd(sample_package(), sample_tracks(), {});
}

TEST_CASE("The manifest is static, tells the measured duration and lists all sets") {
  const auto text = sample();
  CHECK(
      has(text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\""));
  CHECK(has(text, "type=\"static\" mediaPresentationDuration=\"PT13.500S\" minBufferTime=\"PT6.000S\""));
  CHECK(sets_of(text).size() == 6);
  CHECK_FALSE(has(text, "http://"));
  CHECK_FALSE(has(text, "=\"/"));
}

TEST_CASE("All video renditions are one set with exact segment times") {
  const auto video = sets_of(sample())[0];
  CHECK(has(
      video,
      "id=\"1\" contentType=\"video\" mimeType=\"video/mp4\" segmentAlignment=\"true\" startWithSAP=\"1\""));
  CHECK(between(video, "<Representation id=\"", "\"") == std::vector<std::string>{"v240", "v360", "v720"});
  CHECK(has(video,
            "codecs=\"avc1.4D401E\" bandwidth=\"208000\" width=\"640\" height=\"360\" frameRate=\"25\""));
  CHECK(has(video,
            "<SegmentTemplate timescale=\"1000000\" initialization=\"v360/init.mp4\" "
            "media=\"v360/s$Number$.m4s\" startNumber=\"0\"><SegmentTimeline>"
            "<S t=\"0\" d=\"6000000\" r=\"1\"/><S d=\"1500000\"/></SegmentTimeline>"));
}

TEST_CASE("D1 D3: only the first sound is main, and it has the highest priority") {
  auto package = sample_package();
  package.renditions.push_back(audio("a-yue", "yue"));
  const auto sets = sets_of(mpd(package, {}, {}));
  REQUIRE(sets.size() == 3);
  CHECK(has(sets[1], "lang=\"cmn\""));
  CHECK(has(sets[1], "selectionPriority=\"2\""));
  CHECK(has(sets[1], "value=\"main\"/>"));
  CHECK(has(sets[1], "audioSamplingRate=\"48000\""));
  CHECK(has(sets[1], "<S t=\"0\" d=\"5994667\"/><S d=\"6016000\"/><S d=\"1489333\"/>"));
  CHECK(has(sets[1], "audio_channel_configuration:2011\" value=\"1\"/>"));
  CHECK(has(sets[2], "lang=\"yue\""));
  CHECK(has(sets[2], "selectionPriority=\"1\""));
  CHECK(has(sets[2], "value=\"alternate\"/>"));
  CHECK_FALSE(has(sets[2], "value=\"main\""));
}

TEST_CASE("D5: the first role of a text set says what it is") {
  const auto sets = sets_of(sample());
  const auto roles = [&](std::size_t set) {
    return between(sets.at(set), "<Role schemeIdUri=\"urn:mpeg:dash:role:2011\" value=\"", "\"/>");
  };
  const auto access = [&](std::size_t set) {
    return between(sets.at(set), "<Accessibility schemeIdUri=\"urn:mpeg:dash:role:2011\" value=\"", "\"/>");
  };
  CHECK(roles(2) == std::vector<std::string>{"caption", "main"});
  CHECK(access(2) == std::vector<std::string>{"caption"});
  CHECK(roles(3) == std::vector<std::string>{"subtitle"});
  CHECK(access(3).empty());
  CHECK(roles(4) == std::vector<std::string>{"subtitle", "easyreader"});
  CHECK(access(4) == std::vector<std::string>{"easyreader"});
  CHECK(has(sets[2], "contentType=\"text\" mimeType=\"text/vtt\" lang=\"zh-Hans\""));
  CHECK(has(sets[2], "bandwidth=\"256\"><BaseURL>t-zh-Hans-caption-1/full.vtt</BaseURL>"));
}

TEST_CASE("D6: every set has a label and a role; labels are unique even if the names given are not") {
  auto tracks = sample_tracks();
  tracks[1].name = tracks[2].name = "简体中文";
  const auto sets = sets_of(mpd(sample_package(), tracks, {}));
  std::set<std::string> labels;
  std::set<std::string> ids;
  for (const auto& set : sets) {
    const auto label = between(set, "<Label>", "</Label>");
    REQUIRE(label.size() == 1);
    CHECK(labels.insert(label[0]).second);
    CHECK(ids.insert(between(set, " id=\"", "\"")[0]).second);
    CHECK(has(set, "<Role "));
  }
}

TEST_CASE("Names and folders can not break the document") {
  auto tracks = sample_tracks();
  tracks[0].name = "<Label>&\"'\x01";
  tracks[0].language = "zh\" evil=\"1";
  const auto text = mpd(sample_package(), tracks, {});
  CHECK(has(text, "<Label>&lt;Label&gt;&amp;&quot;&#39; </Label>"));
  CHECK(has(text, "lang=\"zh&quot; evil=&quot;1\""));
}

TEST_CASE("Frame rates that are not whole are fractions") {
  auto package = sample_package();
  const auto rate = [&](double frames) {
    package.renditions[0].frame_rate = frames;
    return between(mpd(package, {}, {}), "frameRate=\"", "\"")[0];
  };
  CHECK(rate(25) == "25");
  CHECK(rate(30000.0 / 1001) == "30000/1001");
  CHECK(rate(24000.0 / 1001) == "24000/1001");
  CHECK(rate(12.5) == "25/2");
}

TEST_CASE("A silent video and a sound without video have no empty set") {
  auto package = sample_package();
  package.renditions.pop_back();
  CHECK_FALSE(has(mpd(package, {}, {}), "contentType=\"audio\""));
  package.renditions = {audio("a-en", "en")};
  const auto text = mpd(package, {}, {});
  CHECK_FALSE(has(text, "contentType=\"video\""));
  CHECK(has(text, "<Label>English</Label>"));
}

}  // namespace
