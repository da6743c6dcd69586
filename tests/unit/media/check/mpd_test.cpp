// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/check/mpd.hpp"

#include "tests/support/catch.hpp"

#include <string>

using namespace tongxing::media::check;

namespace {

Mpd read(const std::string& inside, const std::string& attributes = "mediaPresentationDuration=\"PT14S\"") {
  auto mpd = read_mpd("<MPD " + attributes + "><Period>" + inside + "</Period></MPD>");
  if (!mpd) FAIL(mpd.error());
  return std::move(*mpd);
}

std::string set(const std::string& inside) {
  return "<AdaptationSet mimeType=\"video/mp4\">" + inside + "</AdaptationSet>";
}

}  // namespace

TEST_CASE("a set is read with its marks") {
  const auto mpd = read_mpd(
      "<?xml version=\"1.0\"?><d:MPD xmlns:d=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\"><d:Period>"
      "<d:EventStream schemeIdUri=\"urn:x\"/>"
      "<d:AdaptationSet id=\"3\" contentType=\"audio\" lang=\"cmn\" selectionPriority=\"2\">"
      "<d:Accessibility schemeIdUri=\"urn:tva:metadata:cs:AudioPurposeCS:2007\" value=\"1\"/>"
      "<d:Role schemeIdUri=\"urn:mpeg:dash:role:2011\" value=\"alternate\"/><d:Label "
      "lang=\"zh\">普通话</d:Label>"
      "</d:AdaptationSet></d:Period><d:Period/></d:MPD>");
  REQUIRE(mpd);
  CHECK(mpd->type == "static");
  CHECK(mpd->periods == 2);
  CHECK(mpd->event_schemes == std::vector<std::string>{"urn:x"});
  REQUIRE(mpd->sets.size() == 1);
  const auto& found = mpd->sets[0];
  CHECK(found.selection_priority == 2);
  CHECK(found.has_role("alternate"));
  CHECK_FALSE(found.has_role("main"));
  CHECK(found.has_accessibility(kAudioPurposeScheme, "1"));
  CHECK(found.labels == std::vector<std::string>{"普通话"});
  CHECK(found.label_languages == std::vector<std::string>{"zh"});
  CHECK(found.name() == "AdaptationSet 3 (audio cmn \"普通话\")");
}

TEST_CASE("a timeline gives exact times, repeats and holes") {
  const auto mpd = read(
      set("<SegmentTemplate timescale=\"1000\" media=\"$RepresentationID$/$Number%03d$-$Time$.m4s\" "
          "initialization=\"$RepresentationID$/init.mp4\" startNumber=\"7\" presentationTimeOffset=\"500\">"
          "<SegmentTimeline><S t=\"500\" d=\"6000\" r=\"1\"/><S d=\"2000\"/></SegmentTimeline>"
          "</SegmentTemplate><BaseURL>m/</BaseURL><Representation id=\"v\" bandwidth=\"5\"/>"));
  const auto& found = mpd.sets.at(0).representations.at(0);
  CHECK(found.timing == Representation::Timing::exact);
  CHECK(found.offset_us == 500'000);
  REQUIRE(found.init);
  CHECK(found.init->url == "m/v/init.mp4");
  REQUIRE(found.segments.size() == 3);
  CHECK(found.segments[1].url == "m/v/008-6500.m4s");
  CHECK(found.segments[1].start_us == 6'000'000);
  CHECK(found.segments[2].duration_us == 2'000'000);
  CHECK(mpd.sets[0].content == "video");
}

TEST_CASE("a constant duration is cut to the length of the period") {
  const auto mpd =
      read(set("<SegmentTemplate media=\"s$Number$.m4s\" duration=\"6\"/><Representation id=\"v\"/>"));
  const auto& found = mpd.sets.at(0).representations.at(0);
  CHECK(found.timing == Representation::Timing::nominal);
  REQUIRE(found.segments.size() == 3);
  CHECK(found.segments[0].url == "s1.m4s");
  CHECK(found.segments[2].start_us == 12'000'000);
  CHECK(found.segments[2].duration_us == 2'000'000);
}

TEST_CASE("S with a negative repeat goes on to the next one, or to the end") {
  const auto mpd =
      read(set("<SegmentTemplate media=\"$Number$\"><SegmentTimeline><S t=\"0\" d=\"2\" r=\"-1\"/><S t=\"6\" "
               "d=\"4\" r=\"-1\"/></SegmentTimeline></SegmentTemplate><Representation/>"));
  CHECK(mpd.sets.at(0).representations.at(0).segments.size() == 5);
}

TEST_CASE("lists and single files have byte ranges") {
  const auto list =
      read(set("<Representation><BaseURL>one.mp4</BaseURL><SegmentList duration=\"7\"><Initialization "
               "range=\"0-99\"/><SegmentURL mediaRange=\"100-299\"/><SegmentURL media=\"two.mp4\"/>"
               "</SegmentList></Representation>"));
  const auto& listed = list.sets.at(0).representations.at(0);
  REQUIRE(listed.init);
  CHECK(listed.init->range == ByteRange{0, 100});
  REQUIRE(listed.segments.size() == 2);
  CHECK(listed.segments[0].url == "one.mp4");
  CHECK(listed.segments[0].range == ByteRange{100, 200});
  CHECK(listed.segments[1].start_us == 7'000'000);

  const auto base = read(
      set("<Representation><BaseURL>one.mp4</BaseURL><SegmentBase indexRange=\"700-800\"><Initialization "
          "range=\"0-699\"/></SegmentBase></Representation>"));
  const auto& single = base.sets.at(0).representations.at(0);
  CHECK(single.index == ByteRange{700, 101});
  CHECK(single.url == "one.mp4");
  CHECK(single.segments.empty());
}

TEST_CASE("hostile manifests are refused") {
  CHECK_FALSE(read_mpd(""));
  CHECK_FALSE(read_mpd("<MPD>"));
  CHECK_FALSE(read_mpd("<html/>"));
  const auto refused = [](const std::string& inside, const std::string& duration) {
    return !read_mpd("<MPD mediaPresentationDuration=\"" + duration + "\"><Period>" + set(inside) +
                     "</Period></MPD>");
  };
  CHECK(refused("<SegmentTemplate media=\"$Number$\" duration=\"1\" timescale=\"1000000\"/><Representation/>",
                "PT1H"));
  CHECK(refused(
      "<SegmentTemplate media=\"$Number$\"><SegmentTimeline><S d=\"1\" r=\"9000000\"/></SegmentTimeline>"
      "</SegmentTemplate><Representation/>",
      "PT1S"));
  CHECK(refused("<SegmentTemplate media=\"$Number%099d$\" duration=\"1\"/><Representation/>", "PT1S"));
  CHECK(refused("<SegmentTemplate media=\"$Nothing$\" duration=\"1\"/><Representation/>", "PT1S"));
  CHECK(refused("<SegmentTemplate media=\"" + std::string(600, 'a') + "\" duration=\"1\"/><Representation/>",
                "PT1S"));
  std::string many = "<SegmentTemplate media=\"$Number$\" duration=\"1\"/>";
  for (int i = 0; i < 10; ++i) many += "<Representation/>";
  CHECK(refused(many, "PT90000S"));
  // No document type is followed: the entity stays what it is.
  const auto entity =
      read_mpd("<!DOCTYPE MPD [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><MPD type=\"&x;\"/>");
  CHECK((!entity || entity->type == "&x;"));
}

TEST_CASE("durations of manifests") {
  CHECK(iso_duration_us("PT14.5S") == 14'500'000);
  CHECK(iso_duration_us("P1DT1H2M3S") == 90'123'000'000);
  CHECK_FALSE(iso_duration_us("14S"));
  CHECK_FALSE(iso_duration_us("PT1X"));
  CHECK_FALSE(iso_duration_us("P1S"));
  CHECK_FALSE(iso_duration_us("PT9999999999H"));
}
