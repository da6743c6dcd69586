// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "courses/learning/counting.hpp"

#include <algorithm>

namespace tongxing::test {

/// A learner with an honest player and a clock, for the tests of the counting rule. Starts at noon in
/// Shanghai.
struct Learner {
  using Ms = courses::Milliseconds;

  explicit Learner(const courses::Policy& rules, Ms duration = std::chrono::seconds{600}) : policy{&rules} {
    lesson.duration = duration;
    start();
  }

  void start() { session = courses::new_session(now); }

  courses::Judgement deliver(const courses::Heartbeat& heartbeat) {
    auto judged = courses::judge(*policy, lesson, days, session, heartbeat);
    lesson = judged.lesson;
    days = judged.days;
    session = judged.session;
    return judged;
  }

  /// Reports [from, to) as played in `wall`, after `passes` went by on the server's clock.
  courses::Judgement beat(Ms from, Ms to, Ms wall, Ms passes) {
    const auto before = courses::study_day(now);
    now += passes;
    if (courses::study_day(now) != before) {
      days = {.used_today = Ms{0}, .used_yesterday = std::max(days.used_today, days.used_yesterday)};
    }
    return deliver({.seq = session.last_seq + 1, .from = from, .to = to, .wall = wall, .received_at = now});
  }

  /// Plays a part at a speed in percent, a heartbeat every 15 s of wall time. False: one was refused.
  bool play(Ms from, Ms to, int speed) {
    bool accepted = true;
    while (from < to) {
      const Ms step = std::min(to - from, Ms{15'000LL * speed / 100});
      const Ms wall{(step.count() * 100 + speed - 1) / speed};
      accepted = beat(from, from + step, wall, wall).verdict == courses::Verdict::accepted && accepted;
      from += step;
    }
    return accepted;
  }

  void next_day() {
    now += std::chrono::hours{24};
    days = {};
    start();
  }

  [[nodiscard]] Ms unique() const { return lesson.intervals.total(); }
  [[nodiscard]] Ms credited() const { return lesson.credited; }

  const courses::Policy* policy;
  Ms now{1'790'136'000'000};  // a noon in Shanghai
  courses::LessonState lesson;
  courses::DayState days;
  courses::SessionState session;
};

}  // namespace tongxing::test
