// SPDX-License-Identifier: GPL-3.0-or-later
#include "courses/learning/intervals.hpp"

#include "tests/support/catch.hpp"

#include <random>
#include <vector>

namespace {

using namespace tongxing::courses;
using namespace std::chrono_literals;

Intervals of(std::initializer_list<Interval> list) {
  Intervals result;
  for (const auto& interval : list) REQUIRE(result.insert(interval) == Insertion::done);
  return result;
}

TEST_CASE("A union of intervals merges what overlaps and what touches") {
  CHECK(of({{0ms, 5ms}, {2ms, 8ms}, {5ms, 10ms}}).text() == "0-10");
  CHECK(of({{5ms, 10ms}, {0ms, 5ms}}).text() == "0-10");
  CHECK(of({{0ms, 5ms}, {6ms, 10ms}}).text() == "0-5,6-10");
  CHECK(of({{6ms, 10ms}, {0ms, 5ms}, {5ms, 6ms}}).text() == "0-10");
  CHECK(of({{0ms, 1ms}, {2ms, 3ms}, {4ms, 5ms}, {0ms, 9ms}}).text() == "0-9");
  CHECK(of({{0ms, 9ms}, {2ms, 3ms}}).total() == 9ms);
}

TEST_CASE("Empty and impossible intervals change nothing") {
  Intervals intervals;
  CHECK(intervals.insert({5ms, 5ms}) == Insertion::nothing);
  CHECK(intervals.insert({6ms, 5ms}) == Insertion::nothing);
  CHECK(intervals.insert({-1ms, 5ms}) == Insertion::out_of_range);
  CHECK(intervals.insert({0ms, Intervals::kMaxTime + 1ms}) == Insertion::out_of_range);
  CHECK(intervals.empty());
  CHECK(intervals.text().empty());
}

TEST_CASE("The text of intervals is read back, and only what text() writes is read") {
  CHECK(Intervals::parse("").value().empty());
  const auto parsed = Intervals::parse("0-5000,8000-10000");
  REQUIRE(parsed.has_value());
  CHECK(parsed->total() == 7000ms);
  CHECK(parsed->text() == "0-5000,8000-10000");
  for (const auto* bad : {"0", "-", "0-", "-5", "a-b", "0-5,", ",0-5", "0-5 ", " 0-5", "+0-5", "00-5", "0-05",
                          "0-5;6-7", "0--5", "0-5,,6-7", "0-99999999999999999999"}) {
    INFO(bad);
    CHECK(Intervals::parse(bad).error() == IntervalsError::malformed);
  }
  for (const auto* bad : {"5-5", "6-5", "0-5,5-6", "0-5,4-6", "7-8,0-5"}) {
    INFO(bad);
    CHECK(Intervals::parse(bad).error() == IntervalsError::not_sorted);
  }
  CHECK(Intervals::parse("0-86400001").error() == IntervalsError::out_of_range);
}

TEST_CASE("The number of pieces is bounded, filling gaps goes on") {
  Intervals intervals;
  for (std::size_t i = 0; i < Intervals::kMax; ++i) {
    const Milliseconds from{static_cast<std::int64_t>(i) * 10};
    REQUIRE(intervals.insert({from, from + 1ms}) == Insertion::done);
  }
  const auto before = intervals;
  CHECK(intervals.insert({20'000ms, 20'001ms}) == Insertion::too_many);
  CHECK(intervals == before);
  CHECK(intervals.insert({1ms, 5ms}) == Insertion::done);
  CHECK(intervals.insert({0ms, 10'000ms}) == Insertion::done);
  CHECK(intervals.text() == "0-10000");
  CHECK(Intervals::parse(before.text()).value() == before);
  CHECK(Intervals::parse(before.text() + ",20000-20001").error() == IntervalsError::too_many);
}

TEST_CASE("What was not played is told") {
  const auto intervals = of({{0ms, 5ms}, {8ms, 10ms}});
  CHECK(intervals.first_uncovered(20ms) == 5ms);
  CHECK(intervals.first_uncovered(5ms) == std::nullopt);
  CHECK(of({{1ms, 5ms}}).first_uncovered(5ms) == 0ms);
  CHECK(Intervals{}.first_uncovered(5ms) == 0ms);
  CHECK(Intervals{}.first_uncovered(0ms) == std::nullopt);
  CHECK(intervals.gaps(20ms) == std::vector<Interval>{{5ms, 8ms}, {10ms, 20ms}});
  CHECK(intervals.gaps(7ms) == std::vector<Interval>{{5ms, 7ms}});
  CHECK(intervals.gaps(5ms).empty());
  CHECK(intervals.covered_in({4ms, 9ms}) == 2ms);
  CHECK(intervals.clipped(9ms).text() == "0-5,8-9");
  CHECK(intervals.clipped(8ms).text() == "0-5");
}

TEST_CASE("Any order of intervals gives the same union as marking each millisecond") {
  std::mt19937 random{20260};
  for (int round = 0; round < 400; ++round) {
    std::vector<Interval> list(1 + random() % 12);
    std::vector<char> marked(100, 0);
    for (auto& interval : list) {
      interval.from = Milliseconds{random() % 100};
      interval.to = interval.from + Milliseconds{random() % 20};
      interval.to = std::min<Milliseconds>(interval.to, 100ms);
      for (auto t = interval.from; t < interval.to; t += 1ms) marked[static_cast<std::size_t>(t.count())] = 1;
    }
    Intervals forward;
    for (const auto& interval : list) forward.insert(interval);
    std::ranges::shuffle(list, random);
    Intervals shuffled;
    for (const auto& interval : list) shuffled.insert(interval);
    REQUIRE(forward == shuffled);
    REQUIRE(forward.total().count() == std::ranges::count(marked, 1));
    REQUIRE(Intervals::parse(forward.text()).value() == forward);
    Milliseconds uncovered{0};
    for (const auto& gap : forward.gaps(100ms)) uncovered += gap.to - gap.from;
    REQUIRE(forward.total() + uncovered == 100ms);
  }
}

}  // namespace
