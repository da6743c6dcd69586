// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/description/time_map.hpp"

#include "tests/support/catch.hpp"

#include <random>

using namespace tongxing::accessibility;
using ms = Milliseconds;

TEST_CASE("time goes through a map of two pauses") {
  const TimeMap map({{ms(28'300), ms(4'032)}, {ms(0), ms(2'048)}});
  CHECK(map.added() == ms(6'080));
  CHECK(map.to_extended(ms(0)) == ms(0));  // before the first pause: it is heard
  CHECK(map.to_extended(ms(1)) == ms(2'049));
  CHECK(map.to_extended(ms(28'300)) == ms(30'348));
  CHECK(map.to_extended(ms(28'301)) == ms(34'381));
  CHECK(map.to_lesson(ms(1'000)) == ms(0));
  CHECK(map.to_lesson(ms(2'048)) == ms(0));
  CHECK(map.to_lesson(ms(12'048)) == ms(10'000));
  CHECK(map.to_lesson(ms(30'348)) == ms(28'300));
  CHECK(map.to_lesson(ms(34'380)) == ms(28'300));
  CHECK(map.to_lesson(ms(34'480)) == ms(28'400));
}

TEST_CASE("without pauses both times are the same") {
  const TimeMap map({{ms(5), ms(0)}});
  CHECK(map.pauses().empty());
  CHECK(map.to_extended(ms(77)) == ms(77));
  CHECK(map.to_lesson(ms(77)) == ms(77));
}

TEST_CASE("there and back is where one was, for any pauses") {
  std::mt19937 random(4711);
  for (int round = 0; round < 300; ++round) {
    std::vector<Pause> pauses;
    const int count = static_cast<int>(random() % 12);
    for (int i = 0; i < count; ++i) pauses.push_back({ms(random() % 500), ms(random() % 90)});
    const TimeMap map(pauses);
    ms last{-1};
    for (int t = 0; t < 600; ++t) {
      const ms extended = map.to_extended(ms(t));
      REQUIRE(map.to_lesson(extended) == ms(t));
      REQUIRE(extended > last);
      last = extended;
    }
    for (int t = 0; t < 600 + map.added().count(); ++t) {
      const ms lesson = map.to_lesson(ms(t));
      const ms again = map.to_extended(lesson);
      // The same time, or the beginning of the pause that it lies in.
      REQUIRE(again <= ms(t));
      REQUIRE(map.to_lesson(again) == lesson);
    }
  }
}
