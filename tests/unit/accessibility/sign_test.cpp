// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/sign/sign_checks.hpp"
#include "tests/support/catch.hpp"

#include <set>

namespace {

using namespace tongxing::accessibility;
using std::chrono::milliseconds;

SignFacts good() {
  return {.frames_per_1000_s = 25'000,
          .source_width = 640,
          .source_height = 480,
          .least_width = 320,
          .least_height = 240,
          .least_bits_a_second = 100'000,
          .shown_permille = 333,
          .offset = milliseconds{-1000},
          .drift = milliseconds{80},
          .length = milliseconds{61'000},
          .lesson = milliseconds{60'000},
          .sound_streams = 0,
          .language = "csl",
          .picture = Tick::confirmed,
          .consent = Tick::confirmed};
}

using Findings = std::vector<SignFinding>;
constexpr auto kWarning = SignSeverity::warning;
constexpr auto kError = SignSeverity::error;

}  // namespace

TEST_CASE("A sign video at its limits has no findings") {
  CHECK(check_sign(good()).empty());
  auto hongkong = good();
  hongkong.language = "hks";
  CHECK(check_sign(hongkong).empty());
}

TEST_CASE("S1: frames a second") {
  auto sign = good();
  sign.frames_per_1000_s = 24'999;
  CHECK(check_sign(sign) == Findings{{SignCheck::frame_rate, kWarning, 24'999, 25'000}});
  sign.frames_per_1000_s = 20'000;
  CHECK(check_sign(sign) == Findings{{SignCheck::frame_rate, kWarning, 20'000, 25'000}});
  sign.frames_per_1000_s = 19'999;
  CHECK(check_sign(sign) == Findings{{SignCheck::frame_rate, kError, 19'999, 20'000}});
}

TEST_CASE("S2: sizes, S3: bit rate, S4: width in the player") {
  auto sign = good();
  sign.source_width = 639;
  sign.source_height = 479;
  sign.least_width = 319;
  sign.least_height = 239;
  sign.least_bits_a_second = 99'999;
  sign.shown_permille = 332;
  CHECK(check_sign(sign) == Findings{{SignCheck::source_width, kWarning, 639, 640},
                                     {SignCheck::source_height, kWarning, 479, 480},
                                     {SignCheck::least_width, kWarning, 319, 320},
                                     {SignCheck::least_height, kWarning, 239, 240},
                                     {SignCheck::bit_rate, kWarning, 99'999, 100'000},
                                     {SignCheck::shown_width, kWarning, 332, 333}});
}

TEST_CASE("S5: offset and drift count in both directions") {
  auto sign = good();
  sign.offset = milliseconds{-1001};
  sign.drift = milliseconds{-81};
  CHECK(check_sign(sign) ==
        Findings{{SignCheck::offset, kWarning, 1001, 1000}, {SignCheck::drift, kWarning, 81, 80}});
  sign.offset = milliseconds::min();
  CHECK(check_sign(sign).size() == 2);
}

TEST_CASE("S6: a reviewer looks at the picture; S7: length and sound; S8: language and consent") {
  auto sign = good();
  sign.picture = Tick::open;
  sign.length = milliseconds{58'999};
  sign.sound_streams = 1;
  sign.language = "zh-Hans";
  sign.consent = Tick::open;
  CHECK(check_sign(sign) == Findings{{SignCheck::picture, kWarning, 0, 1},
                                     {SignCheck::length, kWarning, 1001, 1000},
                                     {SignCheck::sound, kError, 1, 0},
                                     {SignCheck::language, kWarning, 0, 1},
                                     {SignCheck::consent, kError, 0, 1}});
  CHECK(count_of(check_sign(sign), kError) == 2);
  CHECK(count_of(check_sign(sign), kWarning) == 3);
}

TEST_CASE("What was not measured gives no finding; what a person must say does") {
  const auto findings = check_sign({.language = "csl"});
  CHECK(findings == Findings{{SignCheck::picture, kWarning, 0, 1}, {SignCheck::consent, kError, 0, 1}});
}

TEST_CASE("The table covers S1 to S8, each with its source") {
  std::set<std::string_view> ids;
  for (const auto& rule : sign_rules()) {
    ids.insert(rule.id);
    CHECK_FALSE(rule.source.empty());
    CHECK((rule.warn || rule.error));
    CHECK(rule_of(rule.check) == rule.id);
    CHECK_FALSE(name_of(rule.check).empty());
  }
  CHECK(ids == std::set<std::string_view>{"S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8"});
}
