// SPDX-License-Identifier: GPL-3.0-or-later
// What is measured while a package is made: speech, what is behind it, flashes, cuts.
#include "media/pipeline/cut_finder.hpp"
#include "media/pipeline/sound_facts.hpp"
#include "tests/media/engine_fixture.hpp"
#include "tests/support/catch.hpp"

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

using namespace tongxing::tests;
using namespace std::chrono_literals;
namespace model = tongxing::media::model;
namespace pipeline = tongxing::media::pipeline;
namespace fs = std::filesystem;

namespace {

model::Facts facts_of(const std::string& options, const std::string& name) {
  const ScratchFolder scratch;
  const fs::path file = scratch / name;
  const std::string command = "ffmpeg -v error -y " + options + " '" + file.string() + "' 2>/dev/null";
  CAPTURE(command);
  REQUIRE(std::system(command.c_str()) == 0);
  const auto made = make_package(file, scratch / "out");
  REQUIRE(made);
  REQUIRE(made->package.facts);
  return *made->package.facts;
}

/// White and black by turns, so many times a second, 25 pictures a second.
std::string blinking(const std::string& period, const std::string& rest = "") {
  return "-f lavfi -i \"color=black:s=320x180:r=25:d=4,geq=lum='if(lt(mod(T," + period + ")," + period +
         "/2),235,16)':cb=128:cr=128" + rest + "\" -c:v libx264 -pix_fmt yuv420p";
}

fs::path samples() {
  const char* set = std::getenv("TONGXING_SAMPLES");  // NOLINT(concurrency-mt-unsafe)
  return set == nullptr ? fs::path(TONGXING_SOURCE_DIR) / "../shared/samples" : fs::path(set);
}

}  // namespace

TEST_CASE("a picture that flashes ten times a second is found, with its time and size") {
  const auto facts = facts_of(blinking("0.08"), "flash.mp4");
  CHECK_FALSE(facts.sound);
  REQUIRE(facts.picture);
  CHECK(facts.picture->width == 320);
  CHECK(facts.picture->height == 180);
  CHECK(facts.picture->frames_per_1000_s == 25'000);
  REQUIRE(facts.picture->flashes.size() == 1);
  const auto& flash = facts.picture->flashes[0];
  CHECK(flash.kind == model::FlashStretch::Kind::general);
  CHECK(flash.area_percent == 100);
  CHECK(flash.time.start < 500ms);
  CHECK(flash.time.end > 3'000ms);
  CHECK(facts.picture->cuts.size() <= 1);
}

TEST_CASE("two flashes a second, and a small one of ten, are not found") {
  CHECK(facts_of(blinking("0.5"), "slow.mp4").picture->flashes.empty());
  const auto small = blinking("0.08", ",scale=40:24,pad=320:180:10:10");
  CHECK(facts_of(small, "small.mp4").picture->flashes.empty());
}

TEST_CASE("a moving pattern does not flash, and two pictures one after the other are one cut") {
  const auto facts = facts_of(
      "-f lavfi -i testsrc2=s=320x180:r=25:d=2 -f lavfi -i color=white:s=320x180:r=25:d=2 "
      "-filter_complex \"[0][1]concat\" -c:v libx264 -pix_fmt yuv420p",
      "cut.mp4");
  CHECK(facts.picture->flashes.empty());
  REQUIRE(facts.picture->cuts.size() == 1);
  CHECK(facts.picture->cuts[0] == 2'000ms);
}

TEST_CASE("speech before noise is told apart, and how far it stands out") {
  const fs::path speech = samples() / "mandarin-speech.wav";
  if (!fs::exists(speech)) {
    WARN("no samples: set TONGXING_SAMPLES");
    return;
  }
  const auto mixed = [&](const std::string& noise) {
    return facts_of("-f lavfi -i anoisesrc=a=" + noise + ":d=12:r=48000:seed=7 -i '" + speech.string() +
                        "' -filter_complex \"[1]aresample=48000,adelay=4000[s];"
                        "[0][s]amix=duration=first:normalize=0\" -c:a pcm_s16le",
                    "lesson.wav");
  };
  const auto quiet = mixed("0.0015");
  CHECK_FALSE(quiet.picture);
  REQUIRE(quiet.sound);
  REQUIRE_FALSE(quiet.sound->speech.empty());
  CHECK(quiet.sound->speech.front().start > 4'500ms);
  CHECK(quiet.sound->speech.back().end < 9'900ms);
  REQUIRE(quiet.sound->speech_over_background_db);
  CHECK(*quiet.sound->speech_over_background_db >= 20);
  const auto loud = mixed("0.02");
  REQUIRE(loud.sound->speech_over_background_db);
  CHECK(*loud.sound->speech_over_background_db < *quiet.sound->speech_over_background_db - 10);
}

TEST_CASE("a tone is heard, but it is no speech and nothing is claimed of its background") {
  const auto facts = facts_of("-f lavfi -i sine=440:r=48000:d=4 -c:a pcm_s16le", "tone.wav");
  REQUIRE(facts.sound);
  CHECK(facts.sound->speech.empty());
  CHECK_FALSE(facts.sound->speech_over_background_db);
  REQUIRE(facts.sound->heard.size() == 1);
  CHECK(facts.sound->heard[0].end > 3'900ms);
}

TEST_CASE("breaths beside speech count for neither side, and decibels are rounded down") {
  // 20 ms each: 2 s at −60 dB, speech for 2 s at −40.2, an echo of 80 ms at −45, 2 s at −60.
  std::vector<float> levels(100, -60.0F);
  levels.insert(levels.end(), 100, -40.2F);
  levels.insert(levels.end(), 4, -45.0F);
  levels.insert(levels.end(), 100, -60.0F);
  const std::vector<tongxing::accessibility::Span> speech{{2'000ms, 4'000ms}};
  CHECK(pipeline::speech_over_background(levels, speech) == 19);
  CHECK_FALSE(pipeline::speech_over_background(levels, {}));
  CHECK_FALSE(pipeline::speech_over_background({}, speech));
}

TEST_CASE("cuts are jumps that stand alone") {
  const auto cells = [](float level) { return std::vector<float>(100, level); };
  pipeline::CutFinder finder;
  float level = 0;
  for (int i = 0; i < 25; ++i) finder.look(cells(level += 0.02F), 40ms * i);  // a fade
  CHECK(finder.cuts().empty());
  for (int i = 25; i < 50; ++i) finder.look(cells(level), 40ms * i);
  finder.look(cells(0.9F), 2'000ms);
  finder.look(cells(level), 2'040ms);  // the camera's flash: the way back is no second cut
  CHECK(finder.cuts() == std::vector{2'000ms});
}
