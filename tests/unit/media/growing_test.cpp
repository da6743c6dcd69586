// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/manifest/growing.hpp"

#include "tests/support/catch.hpp"

using namespace tongxing::media;
using namespace std::chrono_literals;

namespace {

model::Rendition picture() {
  model::Rendition rendition;
  rendition.name = "v234";
  rendition.codecs = "avc1.4D400D";
  rendition.width = 416;
  rendition.height = 234;
  rendition.frame_rate = 12.5;
  rendition.segments = {{6'000'000, 900, 100}};
  return rendition;
}

model::Rendition sound() {
  model::Rendition rendition;
  rendition.name = "a-cmn";
  rendition.kind = model::MediaKind::audio;
  rendition.codecs = "mp4a.40.2";
  rendition.language = "cmn";
  rendition.channels = 1;
  return rendition;
}

}  // namespace

TEST_CASE("a growing list only gets longer, and its head never changes") {
  model::Rendition rendition = picture();
  const auto first = manifest::growing_playlist(rendition, 6000ms, manifest::Growth::goes_on);
  CHECK(first.find("#EXT-X-PLAYLIST-TYPE:EVENT\n") != std::string::npos);
  CHECK(first.find("#EXT-X-TARGETDURATION:6\n") != std::string::npos);
  CHECK(first.ends_with("#EXTINF:6.000000,\ns0.m4s\n"));
  rendition.segments.push_back({6'005'000, 900, 100});
  const auto second = manifest::growing_playlist(rendition, 6000ms, manifest::Growth::goes_on);
  CHECK(second.starts_with(first));
  const auto whole = manifest::growing_playlist(rendition, 6000ms, manifest::Growth::ended);
  CHECK(whole == second + "#EXT-X-ENDLIST\n");
}

TEST_CASE("the target duration of a growing list is rounded up: no segment is longer") {
  CHECK(manifest::growing_playlist(picture(), 6006ms, manifest::Growth::goes_on)
            .find("#EXT-X-TARGETDURATION:7\n") != std::string::npos);
}

TEST_CASE("the first playlist names one picture and one sound") {
  const model::Rendition audio = sound();
  const auto both = manifest::first_playlist(picture(), &audio, 174'000, {});
  CHECK(both.find("URI=\"a-cmn/growing.m3u8\"") != std::string::npos);
  CHECK(both.find("BANDWIDTH=174000,CODECS=\"avc1.4D400D,mp4a.40.2\",RESOLUTION=416x234,FRAME-RATE=12.500,"
                  "AUDIO=\"aac\"") != std::string::npos);
  CHECK(both.ends_with("v234/growing.m3u8\n"));
  const auto silent = manifest::first_playlist(picture(), nullptr, 110'000, {});
  CHECK(silent.find("AUDIO") == std::string::npos);
  CHECK(silent.find("CODECS=\"avc1.4D400D\"") != std::string::npos);
}
