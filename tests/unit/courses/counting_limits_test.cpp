// SPDX-License-Identifier: GPL-3.0-or-later
// What a heartbeat may claim, and the properties of the counting rule (rule book §2.5.3).
#include "courses/learning/counting.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/courses/learner.hpp"

#include <cstdint>
#include <limits>
#include <random>
#include <vector>

namespace {

using namespace tongxing::courses;
using namespace std::chrono_literals;
using tongxing::test::Learner;

constexpr Milliseconds kLeast{std::numeric_limits<std::int64_t>::min()};
constexpr Milliseconds kMost{std::numeric_limits<std::int64_t>::max()};

TEST_CASE("A heartbeat outside the lesson is refused") {
  Learner learner{open_policy()};
  CHECK(learner.beat(5s, 5s, 1s, 1s).verdict == Verdict::range);
  CHECK(learner.beat(6s, 5s, 1s, 1s).verdict == Verdict::range);
  CHECK(learner.beat(-1ms, 5s, 5s, 5s).verdict == Verdict::range);
  CHECK(learner.beat(590s, 600'251ms, 15s, 15s).verdict == Verdict::range);
  CHECK(learner.beat(kLeast, kMost, 1s, 1s).verdict == Verdict::range);
  CHECK(learner.beat(0s, kMost, 1s, 1s).verdict == Verdict::range);
  CHECK(learner.session.last_seq == 0);
  CHECK(learner.unique() == 0s);
}

TEST_CASE("A little past the end is accepted and cut") {
  Learner learner{open_policy()};
  CHECK(learner.beat(590s, 600'250ms, 15s, 15s).verdict == Verdict::accepted);
  CHECK(learner.unique() == 10s);
  CHECK(learner.beat(600s, 600'250ms, 1s, 1s).verdict == Verdict::accepted);
  CHECK(learner.unique() == 10s);
}

TEST_CASE("A sequence number must grow") {
  Learner learner{open_policy()};
  const auto with_seq = [&](std::int64_t seq) {
    learner.now += 1s;
    return learner.deliver({.seq = seq, .from = 0s, .to = 1s, .wall = 1s, .received_at = learner.now})
        .verdict;
  };
  CHECK(with_seq(0) == Verdict::seq);
  CHECK(with_seq(-1) == Verdict::seq);
  CHECK(with_seq(7) == Verdict::accepted);
  CHECK(with_seq(6) == Verdict::seq);
  CHECK(with_seq(7) == Verdict::duplicate);
  CHECK(with_seq(8) == Verdict::accepted);
}

TEST_CASE(
    "More time than passed on the server's clock is refused, two seconds are forgiven but not credited") {
  Learner learner{subsidised_policy()};
  CHECK(learner.beat(0s, 15s, 15s, 12'999ms).verdict == Verdict::wall);
  CHECK(learner.beat(0s, 5s, kMost, 15s).verdict == Verdict::wall);
  CHECK(learner.beat(0s, 5s, -1ms, 0s).verdict == Verdict::wall);
  Learner other{subsidised_policy()};
  CHECK(other.beat(0s, 15s, 15s, 13s).verdict == Verdict::accepted);
  CHECK(other.unique() == 15s);
  CHECK(other.credited() == 13s);
}

TEST_CASE("A server clock that was set back makes no time") {
  Learner learner{open_policy()};
  CHECK(learner.beat(0s, 15s, 15s, 15s).verdict == Verdict::accepted);
  CHECK(learner.beat(15s, 30s, 15s, -3600s).verdict == Verdict::wall);
  CHECK(learner.session.last_accepted_at == learner.now + 3600s);
}

TEST_CASE("Three times the speed is believed, more is not") {
  Learner learner{open_policy()};
  CHECK(learner.beat(0s, 45s, 15s, 15s).verdict == Verdict::accepted);
  CHECK(learner.beat(45s, 45s + 51'001ms, 15s, 15s).verdict == Verdict::speed);
  CHECK(learner.credited() == 30s);
}

TEST_CASE("Silence of more than a minute ends a session, a pause of a minute does not") {
  Learner learner{open_policy()};
  CHECK(learner.beat(0s, 15s, 15s, 60s).verdict == Verdict::accepted);
  CHECK(learner.beat(15s, 30s, 15s, 60'001ms).verdict == Verdict::gap);
  CHECK(learner.unique() == 15s);
  learner.start();
  CHECK(learner.beat(15s, 30s, 15s, 15s).verdict == Verdict::accepted);
}

TEST_CASE("A pause is not study: only claimed time is credited") {
  Learner learner{subsidised_policy()};
  learner.beat(0s, 30s, 15s, 45s);  // 2× for 15 s, then paused for 30 s
  CHECK(learner.unique() == 30s);
  CHECK(learner.credited() == 15s);
}

TEST_CASE("A slow network costs an honest learner nothing") {
  Learner learner{subsidised_policy()};
  Milliseconds late{0};
  for (int i = 0; i < 40; ++i) {
    const Milliseconds now_late{(i * 737) % 1900};  // each heartbeat arrives up to 1.9 s late
    const auto judged = learner.beat(15s * i, 15s * (i + 1), 15s, 15s + now_late - late);
    late = now_late;
    REQUIRE(judged.verdict == Verdict::accepted);
  }
  CHECK(learner.unique() == 600s);
  CHECK(learner.credited() == 600s);
}

TEST_CASE("A stretch that was refused for its time is accepted with the next one") {
  Learner learner{subsidised_policy()};
  CHECK(learner.beat(0s, 15s, 15s, 20s).verdict == Verdict::accepted);
  CHECK(learner.beat(15s, 30s, 15s, 10s).verdict == Verdict::wall);
  CHECK(learner.beat(15s, 45s, 30s, 20s).verdict == Verdict::accepted);
  CHECK(learner.unique() == 45s);
  CHECK(learner.credited() == 45s);
}

TEST_CASE("Many small heartbeats earn no more than time allows") {
  Learner learner{open_policy()};
  Milliseconds at{0};
  for (int i = 0; i < 300; ++i) {  // thirty seconds of real time, each heartbeat as greedy as it may be alone
    const auto judged = learner.beat(at, std::min<Milliseconds>(at + 2300ms, 600s), 2100ms, 100ms);
    if (judged.verdict == Verdict::accepted) at += 2300ms;
    if (judged.verdict != Verdict::accepted &&
        learner.beat(at, at + 300ms, 100ms, 0ms).verdict == Verdict::accepted) {
      at += 300ms;
    }
  }
  CHECK(learner.unique() <= 3 * 30s + 2s);
  CHECK(learner.credited() <= 2 * 30s);
}

TEST_CASE("A lesson in too many pieces is refused until gaps are filled") {
  Learner learner{open_policy()};
  for (std::size_t i = 0; i < Intervals::kMax; ++i) {
    const Milliseconds from{static_cast<std::int64_t>(i) * 10};
    REQUIRE(learner.lesson.intervals.insert({from, from + 1ms}) == Insertion::done);
  }
  CHECK(learner.beat(20s, 21s, 1s, 1s).verdict == Verdict::fragments);
  CHECK(learner.beat(0s, 10s, 10s, 10s).verdict == Verdict::accepted);
  CHECK(learner.beat(20s, 21s, 1s, 1s).verdict == Verdict::accepted);
}

TEST_CASE("A lesson that became shorter credits nothing new and breaks nothing") {
  Learner learner{open_policy()};
  learner.play(0s, 600s, 100);
  learner.lesson.duration = 300s;
  CHECK(learner.beat(0s, 15s, 15s, 15s).credited() == 0s);
  CHECK(learner.credited() == 600s);
}

TEST_CASE("Study days change at midnight in Shanghai") {
  CHECK(study_day(0ms) == 0);
  CHECK(study_day(16h - 1ms) == 0);
  CHECK(study_day(16h) == 1);
  CHECK(study_day(-8h - 1ms) == -1);
}

TEST_CASE("Every verdict has its name") {
  CHECK(reason_of(Verdict::accepted).empty());
  for (auto verdict = Verdict::duplicate; verdict <= Verdict::fragments;
       verdict = static_cast<Verdict>(static_cast<int>(verdict) + 1)) {
    CHECK_FALSE(reason_of(verdict).empty());
  }
}

struct Claim {
  Milliseconds from, to, wall, passes;
};

std::vector<Claim> random_claims(std::mt19937& random) {
  std::vector<Claim> claims(1 + random() % 40);
  for (auto& claim : claims) {
    claim.from = Milliseconds{static_cast<std::int64_t>(random() % 610'000) - 1000};
    claim.to = claim.from + Milliseconds{static_cast<std::int64_t>(random() % 60'000) - 500};
    claim.wall = Milliseconds{random() % 20'000};
    claim.passes = Milliseconds{random() % 22'000};
  }
  return claims;
}

TEST_CASE(
    "Whatever is sent: credit never exceeds unique time, real time or the cap, and refusals change nothing") {
  std::mt19937 random{7};
  for (int round = 0; round < 500; ++round) {
    Learner learner{round % 2 == 0 ? open_policy() : subsidised_policy()};
    learner.days.used_today = Milliseconds{round % 3 == 0 ? 21'500'000 : 0};
    const auto used_before = learner.days.used_today;
    const auto started = learner.now;
    for (const auto& claim : random_claims(random)) {
      const auto before = learner;
      const auto judged = learner.beat(claim.from, claim.to, claim.wall, claim.passes);
      if (judged.verdict != Verdict::accepted) {
        REQUIRE(learner.lesson.intervals == before.lesson.intervals);
        REQUIRE(learner.credited() == before.credited());
        REQUIRE(learner.session.last_seq == before.session.last_seq);
      }
      REQUIRE(judged.credited() >= 0ms);
      REQUIRE(learner.credited() <= learner.unique());
      REQUIRE(learner.unique() <= 600s);
    }
    const auto real = learner.now - started;
    REQUIRE(learner.credited() <= real * learner.policy->rate_cap_percent / 100);
    REQUIRE(learner.unique() <= 3 * real + 2s);
    REQUIRE(learner.days.used_today == used_before + learner.credited());
    REQUIRE(learner.days.used_today <= learner.policy->daily_cap);
  }
}

TEST_CASE("The order in which parts are played does not matter") {
  std::mt19937 random{11};
  for (int round = 0; round < 100; ++round) {
    std::vector<int> parts(40);
    for (int i = 0; i < 40; ++i) parts[static_cast<std::size_t>(i)] = i;
    std::ranges::shuffle(parts, random);
    Learner learner{subsidised_policy()};
    for (const auto part : parts) REQUIRE(learner.play(15s * part, 15s * (part + 1), 100));
    REQUIRE(learner.unique() == 600s);
    REQUIRE(learner.credited() == 600s);
  }
}

TEST_CASE("Once all was played and credited, nothing that is replayed earns") {
  std::mt19937 random{13};
  Learner learner{open_policy()};
  learner.play(0s, 600s, 100);
  for (int i = 0; i < 200; ++i) {
    const Milliseconds from{random() % 580'000};
    REQUIRE(learner.beat(from, from + 15s, 15s, 15s).credited() == 0s);
  }
  CHECK(learner.credited() == 600s);
}

}  // namespace
