// SPDX-License-Identifier: GPL-3.0-or-later
// The vectors V1 to V14 of the rule book §2.5.7 (V12 and V15 are in credits_test and completion_test).
#include "courses/learning/counting.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/courses/learner.hpp"

namespace {

using namespace tongxing::courses;
using namespace std::chrono_literals;
using tongxing::test::Learner;

TEST_CASE("V1: a lesson played at normal speed earns all of its time") {
  Learner learner{subsidised_policy()};
  learner.play(0s, 600s, 100);
  CHECK(learner.unique() == 600s);
  CHECK(learner.credited() == 600s);
}

TEST_CASE("V2: double speed under a rate of one earns half, reviewing earns the rest") {
  Learner learner{subsidised_policy()};
  learner.play(0s, 600s, 200);
  CHECK(learner.unique() == 600s);
  CHECK(learner.credited() == 300s);
  learner.play(0s, 300s, 200);
  CHECK(learner.credited() == 450s);
  learner.play(0s, 600s, 200);
  CHECK(learner.unique() == 600s);
  CHECK(learner.credited() == 600s);
}

TEST_CASE("V3: double speed under a rate of two earns all") {
  Learner learner{open_policy()};
  learner.play(0s, 600s, 200);
  CHECK(learner.unique() == 600s);
  CHECK(learner.credited() == 600s);
}

TEST_CASE("V4: playing the same part again earns nothing") {
  Learner learner{open_policy()};
  for (int i = 0; i < 5; ++i) learner.play(0s, 120s, 100);
  CHECK(learner.unique() == 120s);
  CHECK(learner.credited() == 120s);
}

TEST_CASE("V5: seeking earns nothing") {
  Learner learner{open_policy()};
  learner.play(595s, 600s, 100);
  CHECK(learner.unique() == 5s);
  CHECK(learner.credited() == 5s);
}

TEST_CASE("V6: overlapping parts count once") {
  Learner learner{open_policy(), 10s};
  learner.play(0s, 5s, 100);
  learner.play(2s, 8s, 100);
  learner.play(5s, 10s, 100);
  CHECK(learner.unique() == 10s);
  CHECK(learner.credited() == 10s);
}

TEST_CASE("V7: over the daily cap the lesson is progress, and is earned the next day") {
  Learner learner{open_policy()};
  learner.days.used_today = open_policy().daily_cap;
  learner.play(0s, 600s, 100);
  CHECK(learner.unique() == 600s);
  CHECK(learner.credited() == 0s);
  learner.next_day();
  learner.play(0s, 600s, 100);
  CHECK(learner.unique() == 600s);
  CHECK(learner.credited() == 600s);
}

TEST_CASE("V7c: what is left of the daily cap is earned") {
  Learner learner{open_policy()};
  learner.days.used_today = open_policy().daily_cap - 100s;
  learner.play(0s, 600s, 100);
  CHECK(learner.unique() == 600s);
  CHECK(learner.credited() == 100s);
}

TEST_CASE("V8: a heartbeat over midnight in Shanghai is split by wall time, whatever the rate") {
  for (const auto* policy : {&open_policy(), &subsidised_policy()}) {
    Learner learner{*policy};
    const Milliseconds midnight = 24h * study_day(learner.now) + 24h - 8h;
    learner.now = midnight - 10s;
    learner.start();
    const auto judged = learner.beat(0s, 15s, 15s, 15s);
    REQUIRE(judged.verdict == Verdict::accepted);
    CHECK(learner.unique() == 15s);
    CHECK(judged.credited_yesterday == 10s);
    CHECK(judged.credited_today == 5s);
    CHECK(learner.days.used_yesterday == 10s);
    CHECK(learner.days.used_today == 5s);
  }
}

TEST_CASE("V8: each day has its own cap") {
  Learner learner{subsidised_policy()};
  learner.now = Milliseconds{24h * study_day(learner.now) + 24h - 8h - 10s};
  learner.start();
  learner.days.used_yesterday = subsidised_policy().daily_cap - 4s;
  const auto judged = learner.beat(0s, 15s, 15s, 15s);
  CHECK(judged.credited_yesterday == 4s);
  CHECK(judged.credited_today == 5s);
}

TEST_CASE("V9: only the newest session counts") {
  Learner learner{open_policy()};
  learner.play(0s, 15s, 100);
  learner.session.standing = Standing::superseded;
  CHECK(learner.beat(15s, 30s, 15s, 15s).verdict == Verdict::superseded);
  CHECK(learner.unique() == 15s);
  learner.session.standing = Standing::closed;
  CHECK(learner.beat(15s, 30s, 15s, 15s).verdict == Verdict::closed);
}

TEST_CASE("V10: sixty seconds of media in fifteen of wall are refused whole") {
  Learner learner{open_policy()};
  const auto judged = learner.beat(0s, 60s, 15s, 15s);
  CHECK(judged.verdict == Verdict::speed);
  CHECK(judged.credited() == 0s);
  CHECK(learner.unique() == 0s);
  CHECK(learner.credited() == 0s);
  CHECK(learner.beat(0s, 60s, 60s, 15s).verdict != Verdict::accepted);
}

TEST_CASE("V11: slow play earns the whole lesson, not more") {
  Learner learner{subsidised_policy()};
  learner.play(0s, 600s, 50);
  CHECK(learner.unique() == 600s);
  CHECK(learner.credited() == 600s);
}

TEST_CASE("V13: the same heartbeat again has no second effect, also late and also in a superseded session") {
  Learner learner{open_policy()};
  learner.play(0s, 30s, 100);
  const auto before = learner;
  CHECK(
      learner.deliver({.seq = 2, .from = 15s, .to = 30s, .wall = 15s, .received_at = learner.now}).verdict ==
      Verdict::duplicate);
  learner.session.standing = Standing::superseded;
  CHECK(learner
            .deliver({.seq = 1,
                      .from = 0s,
                      .to = 15s,
                      .wall = 15s,
                      .received_at = learner.now,
                      .delivery = Delivery::repeated})
            .verdict == Verdict::duplicate);
  CHECK(learner.lesson.intervals == before.lesson.intervals);
  CHECK(learner.credited() == before.credited());
  CHECK(learner.session.last_seq == 2);
  CHECK(learner.session.last_accepted_at == before.session.last_accepted_at);
}

TEST_CASE("V14: surplus replay is not banked") {
  Learner learner{open_policy(), 2400s};
  for (int i = 0; i < 6; ++i) learner.play(0s, 600s, 100);
  CHECK(learner.credited() == 600s);
  learner.days.used_today = open_policy().daily_cap;
  learner.play(600s, 2400s, 100);
  CHECK(learner.unique() == 2400s);
  CHECK(learner.credited() == 600s);
}

}  // namespace
