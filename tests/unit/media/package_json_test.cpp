// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/package_json/package_json.hpp"

#include "tests/support/catch.hpp"

#include <string>

using namespace tongxing::media;
using namespace std::chrono_literals;

namespace {

model::Package sample() {
  model::Package package;
  package.duration = 12'345ms;
  package.segment_duration = 6'000ms;
  package.renditions = {
      {"v360",
       model::MediaKind::video,
       "avc1.4D401E",
       "",
       640,
       360,
       29.97,
       0,
       0,
       812,
       {{6'006'000, 91'234}, {6'339'000, 80'001}}},
      {"a-cmn", model::MediaKind::audio, "mp4a.40.2", "cmn", 0, 0, 0, 2, 48'000, 700, {{6'016'000, 96'000}}}};
  package.notes = {"1080 行源文件，不放大"};
  return package;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a package survives JSON") {
  const auto read = read_package(to_json(sample()));
  REQUIRE(read);
  CHECK(to_json(*read) == to_json(sample()));
  CHECK(read->renditions[0].segments[1].bytes == 80'001);
  CHECK(read->renditions[0].frame_rate == Approx(29.97));
  CHECK(read->renditions[1].kind == model::MediaKind::audio);
  CHECK(read->duration == 12'345ms);
}

TEST_CASE("where a package stands still survives JSON, and what cannot be is refused") {
  auto package = sample();
  package.renditions[0].segments[1].still_bytes = 99'000;
  package.renditions[0].still_init_bytes = 780;
  package.extended = model::Extended{"a-cmn", {{0, 1'500ms, 3'200ms}}};
  const std::string text = to_json(package);
  const auto read = read_package(text);
  REQUIRE(read);
  CHECK(read->extended == package.extended);
  CHECK(read->renditions[0].segments[1].still_bytes == 99'000);
  CHECK(read->renditions[0].segments[1].key_bytes == 0);
  CHECK(read->renditions[0].segments[0].still_bytes == 0);
  CHECK(read->renditions[0].still_init_bytes == 780);
  CHECK(to_json(*read) == text);
  const auto refused = [&](const std::string& from, const std::string& to) {
    CAPTURE(to);
    CHECK(read_package(replaced(text, from, to)) == std::unexpected(JsonFault::bad_value));
  };
  refused("\"sound\":\"a-cmn\"", "\"sound\":\"v360\"");
  refused("\"sound\":\"a-cmn\"", "\"sound\":\"../a\"");
  refused("\"segment\":0", "\"segment\":1");
  refused("\"at_ms\":1500", "\"at_ms\":-1");
  refused("\"length_ms\":3200", "\"length_ms\":99999999999");
}

TEST_CASE("a hostile package is refused") {
  const std::string good = to_json(sample());
  CHECK(read_package("") == std::unexpected(JsonFault::not_json));
  CHECK(read_package("[]") == std::unexpected(JsonFault::not_json));
  CHECK(read_package("{}") == std::unexpected(JsonFault::wrong_shape));
  CHECK(read_package(good.substr(0, good.size() - 1)) == std::unexpected(JsonFault::not_json));
  CHECK(read_package(std::string(100'000, '[')) == std::unexpected(JsonFault::not_json));
  const auto refused = [&](const std::string& from, const std::string& to) {
    CAPTURE(to);
    return read_package(replaced(good, from, to)) == std::unexpected(JsonFault::bad_value);
  };
  CHECK(refused("\"v360\"", "\"../../x\""));
  CHECK(refused("\"v360\"", "\"\""));
  CHECK(refused("\"v360\"", "\"a-cmn\""));
  CHECK(refused("\"avc1.4D401E\"", "\"x\\\"\\n#EXT\""));
  CHECK(refused("91234", "-1"));
  CHECK(refused("91234", "18446744073709551615"));
  CHECK(refused("\"duration_ms\":12345", "\"duration_ms\":0"));
  CHECK(refused("\"kind\":\"video\"", "\"kind\":\"other\""));
  CHECK(read_package(replaced(good, "91234", "\"91234\"")) == std::unexpected(JsonFault::wrong_shape));
}

TEST_CASE("a job survives JSON, and may leave the rest to us") {
  model::JobSpec spec{"/in", "/out", "yue", 4'000ms, 3};
  const auto read = read_job(to_json(spec));
  REQUIRE(read);
  CHECK(read->audio_language == "yue");
  CHECK(read->segment == 4'000ms);
  CHECK(read->threads == 3);
  CHECK(read_job(R"({"input":"/in","output":"/out"})")->segment == 6'000ms);
  CHECK(read_job(R"({"input":"/in"})") == std::unexpected(JsonFault::wrong_shape));
  CHECK(read_job(R"({"input":"/in","output":"/out","threads":0})") == std::unexpected(JsonFault::bad_value));
}
