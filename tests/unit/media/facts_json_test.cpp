// SPDX-License-Identifier: GPL-3.0-or-later
// The measured facts in package.json: what the worker wrote comes back, what it may not write is refused.
#include "media/package_json/package_json.hpp"
#include "tests/support/catch.hpp"

#include <string>
#include <vector>

using namespace tongxing::media;
using namespace std::chrono_literals;

namespace {

model::Package measured() {
  model::Package package;
  package.duration = 60'000ms;
  package.segment_duration = 6'000ms;
  package.renditions = {
      {"a-cmn", model::MediaKind::audio, "mp4a.40.2", "cmn", 0, 0, 0, 1, 48'000, 700, {{6'016'000, 96'000}}}};
  model::Facts facts;
  facts.sound = model::SoundFacts{{{1'000ms, 2'500ms}, {4'000ms, 9'000ms}}, {{0ms, 12'000ms}}, 17};
  facts.picture = model::PictureFacts{1'920, 1'080, 25'000, {}, {3'000ms, 3'000ms, 8'040ms}};
  facts.picture->flashes = {{{80ms, 3'960ms}, model::FlashStretch::Kind::general, 100},
                            {{5'000ms, 6'200ms}, model::FlashStretch::Kind::red, 27}};
  facts.signer = model::SignerFacts{1'280, 720, 29'970, 59'500ms, 1};
  package.facts = facts;
  return package;
}

std::string with_facts(const std::string& facts) {
  model::Package package = measured();
  package.facts.reset();
  std::string text = to_json(package);
  text.pop_back();
  return text + ",\"facts\":" + facts + "}";
}

}  // namespace

TEST_CASE("facts survive JSON, and a package without them has none") {
  const auto read = read_package(to_json(measured()));
  REQUIRE(read);
  CHECK(read->facts == measured().facts);
  auto bare = measured();
  bare.facts.reset();
  CHECK_FALSE(read_package(to_json(bare))->facts);
  const auto none = read_package(with_facts("{}"));
  REQUIRE(none);
  REQUIRE(none->facts);
  CHECK(none->facts == model::Facts{});
  const auto silent = read_package(with_facts(R"({"sound":{"speech":[],"heard":[]}})"));
  REQUIRE(silent);
  CHECK_FALSE(silent->facts->sound->speech_over_background_db);
}

TEST_CASE("facts that nobody can have measured are refused") {
  const std::string picture = R"({"width":10,"height":10,"frames_per_1000_s":25000,"flashes":)";
  const std::vector<std::string> wrong{
      "[]",
      "7",
      R"({"sound":[]})",
      R"({"sound":{"speech":[]}})",
      R"({"sound":{"speech":[[5,4]],"heard":[]}})",
      R"({"sound":{"speech":[[4,4]],"heard":[]}})",
      R"({"sound":{"speech":[[4,9],[8,12]],"heard":[]}})",
      R"({"sound":{"speech":[[8,12],[4,6]],"heard":[]}})",
      R"({"sound":{"speech":[[-1,4]],"heard":[]}})",
      R"({"sound":{"speech":[[1,99999999999]],"heard":[]}})",
      R"({"sound":{"speech":[[1,2,3]],"heard":[]}})",
      R"({"sound":{"speech":[["1","2"]],"heard":[]}})",
      R"({"sound":{"speech":[],"heard":[],"over_background_db":1000}})",
      R"({"sound":{"speech":[],"heard":[],"over_background_db":1.5}})",
      R"({"picture":)" + picture + R"([["blue",1,2,30]],"cuts":[]}})",
      R"({"picture":)" + picture + R"([["red",1,2,101]],"cuts":[]}})",
      R"({"picture":)" + picture + R"([["red",3,2,50]],"cuts":[]}})",
      R"({"picture":)" + picture + R"([],"cuts":[5,4]}})",
      R"({"signer":{"width":99999,"height":1,"frames_per_1000_s":1,"length_ms":1,"sound_streams":0}})"};
  for (const auto& facts : wrong) {
    CAPTURE(facts);
    CHECK_FALSE(read_package(with_facts(facts)));
  }
  std::string many = "[[0,1]";
  for (std::size_t i = 1; i <= model::kMostStretches; ++i) {
    many += ",[" + std::to_string(2 * i) + "," + std::to_string(2 * i + 1) + "]";
  }
  CHECK_FALSE(read_package(with_facts(R"({"sound":{"speech":)" + many + R"(],"heard":[]}})")));
}
