// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/package_json/event_json.hpp"

#include "tests/support/catch.hpp"

using namespace tongxing::media;

TEST_CASE("events survive JSON lines") {
  model::Probed probed;
  probed.duration = std::chrono::milliseconds(1234);
  probed.has_video = true;
  probed.width = 640;
  probed.height = 360;
  probed.frame_rate = 25;
  probed.video_codec = "h264";
  const model::JobEvent events[] = {
      probed,
      model::Planned{{"v234", "a-cmn"}},
      model::Progress{"v234", 412, 20'100},
      model::FirstPlayable{"first.m3u8"},
      model::OutputReady{"v234"},
      model::Warning{"errors.media.damaged", {{"count", "3"}}},
      model::Failed{"errors.media.not_media"},
      model::Done{},
  };
  for (const model::JobEvent& event : events) {
    const std::string line = event_text(event);
    CAPTURE(line);
    CHECK(line.find('\n') == std::string::npos);
    const auto read = parse_event(line);
    REQUIRE(read);
    CHECK(read->index() == event.index());
    CHECK(event_text(*read) == line);
  }
}

TEST_CASE("lines that are no events are refused") {
  for (const char* line :
       {"", "{", "[]", "{}", R"({"event":1})", R"({"event":"other"})", R"({"event":"progress"})",
        R"({"event":"progress","rendition":"v","permille":"x","eta_ms":1})",
        R"({"event":"failed","key":"k","args":{"a":1}})"}) {
    CAPTURE(line);
    CHECK_FALSE(parse_event(line));
  }
}
