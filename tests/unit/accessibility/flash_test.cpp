// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/flash/background.hpp"
#include "accessibility/flash/flash_analysis.hpp"
#include "tests/support/catch.hpp"

#include <cmath>
#include <limits>
#include <vector>

namespace {

using namespace tongxing::accessibility;
using std::chrono::milliseconds;

constexpr int kColumns = 30;
constexpr int kRows = 30;

/// A grey picture in which a square of `side` cells at (at, at) has another value.
std::vector<FlashCell> picture(FlashCell ground, FlashCell square, int side, int at = 0) {
  std::vector<FlashCell> cells(kColumns * kRows, ground);
  for (int row = at; row < at + side; ++row) {
    for (int column = at; column < at + side; ++column)
      cells[static_cast<std::size_t>(row * kColumns + column)] = square;
  }
  return cells;
}

const FlashCell kBlack = flash_cell(0, 0, 0);
const FlashCell kGrey = flash_cell(0.5F, 0.5F, 0.5F);
const FlashCell kRed = flash_cell(1, 0, 0);

/// Changes between two pictures every `half` ms, `changes` times, at 50 frames a second; still for a second
/// before and after.
std::vector<FlashFinding> flashing(const std::vector<FlashCell>& one, const std::vector<FlashCell>& two,
                                   int half, int changes) {
  FlashAnalysis analysis(kColumns, kRows);
  const int end = 1000 + half * changes;
  for (int now = 0; now < end + 1000; now += 20) {
    const int done = now < 1000 ? 0 : std::min((now - 1000) / half + 1, changes);
    analysis.push(done % 2 == 0 ? one : two, milliseconds{now});
  }
  return analysis.findings();
}

std::vector<FlashFinding> whole_screen(FlashCell one, FlashCell two, int half, int changes) {
  return flashing(picture(one, one, 0), picture(two, two, 0), half, changes);
}

}  // namespace

TEST_CASE("Three flashes in a second are allowed, more are not") {
  // 3 Hz: a transition every 166 ms, so six in any second; with frames of 20 ms they fall on 160 or 180 ms.
  CHECK(whole_screen(kBlack, kGrey, 180, 30).empty());
  CHECK(whole_screen(kBlack, kGrey, 100, 6).empty());         // three flashes, then rest
  const auto findings = whole_screen(kBlack, kGrey, 100, 8);  // four flashes in 700 ms
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].kind == FlashKind::general);
  CHECK(findings[0].area_percent == 100);
  CHECK(findings[0].start == milliseconds{1000});
  CHECK(findings[0].end >= milliseconds{1700});
  CHECK(findings[0].end < milliseconds{2800});
}

TEST_CASE("A change counts from a tenth of the luminance, and when the darker picture is dark enough") {
  const auto grey = [](float level) { return flash_cell(level, level, level); };
  CHECK(whole_screen(grey(0.30F), grey(0.39F), 60, 20).empty());
  CHECK(whole_screen(grey(0.30F), grey(0.41F), 60, 20).size() == 1);
  CHECK(whole_screen(grey(0.81F), grey(1.0F), 60, 20).empty());
  CHECK(whole_screen(grey(0.79F), grey(1.0F), 60, 20).size() == 1);
}

TEST_CASE("A quarter of the field is the limit, wherever it is") {
  // The field is 10 × 10 cells: 4 × 6 are 24, 5 × 5 are 25 of them.
  const auto ground = picture(kBlack, kBlack, 0);
  CHECK(flashing(ground, picture(kBlack, kGrey, 4, 3), 60, 20).empty());
  const auto findings = flashing(ground, picture(kBlack, kGrey, 5, 24), 60, 20);
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].area_percent == 25);
}

TEST_CASE("Small flashes far apart are not added up") {
  auto two = picture(kBlack, kGrey, 4, 0);
  const auto far = picture(kBlack, kGrey, 4, 25);
  for (std::size_t i = 0; i < two.size(); ++i) {
    if (far[i].luminance > 0) two[i] = far[i];
  }
  CHECK(flashing(picture(kBlack, kBlack, 0), two, 60, 20).empty());
}

TEST_CASE("What flashes one after the other is not added up, and a stretch is told once") {
  // Wings before a bright sky: 4 × 5 cells of a field flash for half a second, then 4 × 5 beside them do.
  const auto flash = [](bool together) {
    FlashAnalysis analysis(kColumns, kRows);
    for (int now = 0; now < 3'000; now += 20) {
      std::vector<FlashCell> cells(kColumns * kRows, kBlack);
      for (int cell = 0; cell < 40; ++cell) {
        const int begin = together || cell < 20 ? 500 : 1'000;
        const bool on = now >= begin && now < begin + 480 && (now - begin) / 60 % 2 == 0;
        if (on) cells[static_cast<std::size_t>(cell / 4 * kColumns + cell % 4)] = kGrey;
      }
      analysis.push(cells, milliseconds{now});
    }
    return analysis.findings();
  };
  CHECK(flash(false).empty());
  REQUIRE(flash(true).size() == 1);
  CHECK(flash(true)[0].area_percent == 40);
  CHECK(whole_screen(kBlack, kGrey, 100, 60).size() == 1);
}

TEST_CASE("Saturated red flashes without a change of luminance") {
  // Green of the same luminance as full red.
  const FlashCell green = flash_cell(0, 0.2126F / 0.7152F, 0);
  CHECK(kRed.luminance == Approx(green.luminance).margin(0.001));
  const auto findings = whole_screen(kRed, green, 60, 20);
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].kind == FlashKind::red);
  // Blue and green are not red.
  const auto blue = flash_cell(0, 0, 1);
  for (const auto& finding : whole_screen(flash_cell(0, 0.1F, 0), blue, 60, 20)) {
    CHECK(finding.kind == FlashKind::general);
  }
  // A red that is not saturated: R / (R + G + B) is 0.7.
  CHECK(whole_screen(flash_cell(0.07F, 0.02F, 0.01F), flash_cell(0.02F, 0.02F, 0.02F), 60, 20).empty());
}

TEST_CASE("Chromaticity is that of CIE 1976") {
  // White D65 and the red of sRGB.
  const auto white = flash_cell(1, 1, 1);
  CHECK(white.u == Approx(0.1978).margin(0.001));
  CHECK(white.v == Approx(0.4683).margin(0.001));
  CHECK(white.luminance == Approx(1).margin(0.001));
  CHECK(kRed.u == Approx(0.4507).margin(0.001));
  CHECK(kRed.v == Approx(0.5229).margin(0.001));
  CHECK(kRed.red_share == Approx(1));
  CHECK(linear_light(0) == 0);
  CHECK(linear_light(255) == Approx(1));
  CHECK(linear_light(188) == Approx(0.5029).margin(0.001));
}

TEST_CASE("Slow fades, single cuts and odd input are no flashes") {
  FlashAnalysis analysis(kColumns, kRows);
  for (int i = 0; i < 500; ++i) {
    const auto level = static_cast<float>(0.5 + 0.5 * std::sin(i / 50.0));
    analysis.push(picture(flash_cell(level, level, level), kBlack, 0), milliseconds{i * 40});
  }
  CHECK(analysis.findings().empty());
  CHECK(analysis.frames() == 500);
  analysis.push(std::vector<FlashCell>(7), milliseconds{100'000});
  analysis.push(picture(kBlack, kBlack, 0), milliseconds{3});
  CHECK(analysis.frames_left_out() == 2);
  const FlashCell nothing{std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::quiet_NaN(), 0,
                          0};
  for (int i = 0; i < 50; ++i)
    analysis.push(picture(i % 2 == 0 ? nothing : kGrey, kGrey, 0), milliseconds{200'000 + i * 20});
  CHECK(FlashAnalysis(-4, 0).findings().empty());
}

namespace {

std::vector<SoundBlock> sound(std::initializer_list<std::pair<int, SoundBlock>> parts) {
  std::vector<SoundBlock> blocks;
  for (const auto& [count, block] : parts)
    blocks.insert(blocks.end(), static_cast<std::size_t>(count), block);
  return blocks;
}

constexpr SoundBlock speech(double level) {
  return {level, Voice::present};
}
constexpr SoundBlock behind(double level) {
  return {level, Voice::absent};
}

}  // namespace

TEST_CASE("Speech stands 20 dB above what is behind it") {
  const milliseconds block{100};
  const auto meets = judge_background(sound({{50, speech(-20)}, {50, behind(-40)}}), block);
  CHECK(meets.verdict == BackgroundVerdict::meets);
  CHECK(*meets.difference_db == Approx(20).margin(1e-9));
  const auto loud = judge_background(sound({{50, speech(-20)}, {50, behind(-39.9)}}), block);
  CHECK(loud.verdict == BackgroundVerdict::too_loud);
  // Levels are means of power: half at −20 and half in silence are −23.01 dB.
  const auto mixed = judge_background(
      sound({{25, speech(-20)}, {25, speech(-std::numeric_limits<double>::infinity())}, {50, behind(-50)}}),
      block);
  CHECK(*mixed.speech_db == Approx(-23.0103).margin(0.001));
}

TEST_CASE("A sound of two seconds now and then is no background; a longer one is") {
  const milliseconds block{100};
  CHECK(judge_background(sound({{50, speech(-20)}, {60, behind(-55)}, {20, behind(-15)}}), block).verdict ==
        BackgroundVerdict::meets);
  CHECK(judge_background(sound({{50, speech(-20)}, {60, behind(-55)}, {21, behind(-15)}}), block).verdict ==
        BackgroundVerdict::too_loud);
}

TEST_CASE("Without speech, or without pauses, there is nothing to compare") {
  const milliseconds block{100};
  CHECK(judge_background({}, block).verdict == BackgroundVerdict::no_speech);
  CHECK(judge_background(sound({{4, speech(-20)}, {50, behind(-30)}}), block).verdict ==
        BackgroundVerdict::no_speech);
  CHECK(judge_background(sound({{50, speech(-20)}, {4, behind(-30)}}), block).verdict ==
        BackgroundVerdict::no_background);
  CHECK(judge_background(sound({{50, speech(-20)}, {50, behind(-80)}}), block).verdict ==
        BackgroundVerdict::no_background);
  CHECK(judge_background(sound({{50, speech(-20)}, {50, behind(-30)}}), milliseconds{0}).verdict ==
        BackgroundVerdict::no_speech);
}
