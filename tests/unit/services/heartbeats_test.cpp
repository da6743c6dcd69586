// SPDX-License-Identifier: GPL-3.0-or-later
// The vectors of the rule book (§2.5.7) through the service, on a real database with a clock of our own.
#include "server/services/heartbeats.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/services/learning_world.hpp"

#include <string>
#include <vector>

using namespace tongxing;
using namespace tongxing::tests;
using courses::LessonStage;
using courses::Verdict;

namespace {

struct Scene : LearningWorld {
  auth::Viewer learner = add_account("learner");

  TestPlayer player(const std::vector<Milliseconds>& durations = {600_s}, std::string_view policy = "OPEN") {
    const auto course = add_course("course", durations, policy);
    enrol(learner, course);
    return {*this, learner, "course-1"};
  }
  std::int64_t ledger() {
    return number("SELECT COALESCE(SUM(points), 0) FROM credit_entries WHERE account_id = 'learner'");
  }
  std::int64_t credited() {
    return number("SELECT COALESCE(SUM(credited_ms), 0) FROM lesson_progress WHERE account_id = 'learner'");
  }
};

}  // namespace

TEST_CASE("V1: a whole lesson at normal speed counts in full") {
  Scene scene;
  auto player = scene.player({600_s}, "SUBSIDISED");
  const auto last = player.play(0_s, 600_s);
  CHECK(last.progress.unique == 600_s);
  CHECK(last.progress.credited == 600_s);
  CHECK(last.progress.stage == LessonStage::completed);
  CHECK(last.progress.missing == 0_s);
  CHECK_FALSE(last.progress.first_gap.has_value());
}

TEST_CASE("V2: double speed in a subsidised course earns half now and the rest by reviewing") {
  Scene scene;
  auto player = scene.player({600_s}, "SUBSIDISED");
  CHECK(player.play(0_s, 600_s, 2).progress.credited == 300_s);
  player.restart();
  CHECK(player.play(0_s, 300_s, 2).progress.credited == 450_s);
  player.restart();
  const auto last = player.play(0_s, 600_s, 2);
  CHECK(last.progress.credited == 600_s);
  CHECK(last.progress.unique == 600_s);
}

TEST_CASE("V3: double speed in an open course earns everything") {
  Scene scene;
  auto player = scene.player();
  CHECK(player.play(0_s, 600_s, 2).progress.credited == 600_s);
}

TEST_CASE("V4: the same two minutes five times are two minutes") {
  Scene scene;
  auto player = scene.player();
  services::HeartbeatAnswer last;
  for (int i = 0; i < 5; ++i) last = player.play(0_s, 120_s);
  CHECK(last.progress.unique == 120_s);
  CHECK(last.progress.credited == 120_s);
  CHECK(last.progress.first_gap == 120_s);
  CHECK(last.progress.missing == 420_s);
}

TEST_CASE("V5: seeking to the last five seconds earns five seconds") {
  Scene scene;
  auto player = scene.player();
  const auto last = player.play(595_s, 600_s);
  CHECK(last.progress.unique == 5_s);
  CHECK(last.progress.credited == 5_s);
  CHECK(last.progress.stage == LessonStage::in_progress);
  CHECK(last.progress.first_gap == 0_s);
}

TEST_CASE("V6: overlapping stretches count once") {
  Scene scene;
  auto player = scene.player({10_s});
  player.beat(0_s, 5_s, 5_s);
  player.beat(2_s, 8_s, 6_s);
  const auto last = player.beat(5_s, 10_s, 5_s);
  CHECK(last.progress.unique == 10_s);
  CHECK(last.progress.credited == 10_s);
}

TEST_CASE("V7: time over the daily cap is progress, and is earned on another day") {
  Scene scene;
  auto player = scene.player();
  const auto today = courses::study_day(scene.clock.now().time_since_epoch());
  SECTION("nothing left") {
    scene.write([&](storage::Connection& db) {
      return db.run("INSERT INTO study_days VALUES ('learner', ?1, 21600000)", today);
    });
    auto last = player.play(0_s, 600_s);
    CHECK(last.progress.unique == 600_s);
    CHECK(last.progress.credited == 0_s);
    CHECK(last.progress.stage == LessonStage::completed);
    scene.clock.advance(24 * 3600_s);
    player.restart();
    last = player.play(0_s, 600_s);
    CHECK(last.progress.credited == 600_s);
  }
  SECTION("100 seconds left") {
    scene.write([&](storage::Connection& db) {
      return db.run("INSERT INTO study_days VALUES ('learner', ?1, 21500000)", today);
    });
    CHECK(player.play(0_s, 600_s).progress.credited == 100_s);
    CHECK(scene.number("SELECT used_ms FROM study_days") == 21'600'000);
  }
}

TEST_CASE("V8: a heartbeat over midnight is split between the days") {
  Scene scene;
  scene.clock.set_wall(from_ms(1'772'380'790'000));  // 23:59:50 in Guangzhou
  auto player = scene.player();
  const auto first = courses::study_day(scene.clock.now().time_since_epoch());
  const auto last = player.beat(0_s, 15_s, 15_s);
  CHECK(last.progress.unique == 15_s);
  CHECK(scene.number("SELECT used_ms FROM study_days ORDER BY day LIMIT 1") == 10'000);
  CHECK(scene.number("SELECT used_ms FROM study_days ORDER BY day DESC LIMIT 1") == 5'000);
  CHECK(scene.number("SELECT MIN(day) FROM study_days") == first);
}

TEST_CASE("V9: of two devices the newer one counts, and the older one is told") {
  Scene scene;
  auto phone = scene.player();
  phone.play(0_s, 30_s);
  TestPlayer laptop(scene, scene.learner, "course-1");
  const auto refused = phone.beat(30_s, 45_s, 15_s);
  CHECK(refused.results.front().verdict == Verdict::superseded);
  CHECK(refused.progress.unique == 30_s);
  CHECK(laptop.beat(30_s, 45_s, 15_s).progress.unique == 45_s);
  CHECK(scene.number("SELECT COUNT(*) FROM learning_events WHERE accepted = 0 AND reason = 'SUPERSEDED'") ==
        1);
}

TEST_CASE("V10: a minute of media in fifteen seconds is refused whole") {
  Scene scene;
  auto player = scene.player();
  const auto refused = player.beat(0_s, 60_s, 15_s);
  CHECK(refused.results.front().verdict == Verdict::speed);
  CHECK(refused.progress.unique == 0_s);
  CHECK(refused.progress.stage == LessonStage::not_started);
  CHECK(scene.number("SELECT COUNT(*) FROM learning_events WHERE reason = 'SPEED'") == 1);
  CHECK(scene.number("SELECT COUNT(*) FROM lesson_progress") == 0);
}

TEST_CASE("V11: half speed earns everything") {
  Scene scene;
  auto player = scene.player({600_s}, "SUBSIDISED");
  CHECK(player.play(0_s, 600_s, 0.5).progress.credited == 600_s);
}

TEST_CASE("V12: the ledger has one point for each full 270 seconds, whatever the steps") {
  Scene scene;
  auto player = scene.player({5000_s});
  player.play(0_s, 269_s);
  CHECK(scene.ledger() == 0);
  player.play(269_s, 270_s);
  CHECK(scene.ledger() == 1);
  player.play(270_s, 2699_s);
  CHECK(scene.ledger() == 9);
  const auto at = player.play(2699_s, 2700_s);
  CHECK(scene.ledger() == 10);
  CHECK(at.course_points == 10);
  player.play(2700_s, 4050_s);
  CHECK(scene.ledger() == 15);
  CHECK(scene.ledger() == scene.credited() / 270'000);
}

TEST_CASE("V13: the same heartbeat sent twice has one effect and succeeds twice") {
  Scene scene;
  auto player = scene.player();
  scene.clock.advance(15_s);
  const auto report = player.report(0_s, 15_s, 15_s);
  CHECK(scene.send(scene.learner, player.session(), {report})->results.front().verdict == Verdict::accepted);
  scene.clock.advance(3_s);
  const auto again = scene.send(scene.learner, player.session(), {report}).value();
  CHECK(again.results.front().verdict == Verdict::duplicate);
  CHECK(again.results.front().taken());
  CHECK(again.progress.unique == 15_s);
  CHECK(again.progress.stage == LessonStage::in_progress);
  CHECK(scene.number("SELECT COUNT(*) FROM learning_events") == 1);
  CHECK(scene.number("SELECT used_ms FROM study_days") == 15'000);
}

TEST_CASE("V14: replayed surplus is not banked") {
  Scene scene;
  auto player = scene.player({2400_s});
  for (int i = 0; i < 6; ++i) player.play(0_s, 600_s);
  CHECK(scene.credited() == 600'000);
  scene.write([&](storage::Connection& db) { return db.run("UPDATE study_days SET used_ms = 21600000"); });
  const auto last = player.play(600_s, 2400_s);
  CHECK(last.progress.unique == 2400_s);
  CHECK(last.progress.credited == 600_s);
}

TEST_CASE("V15: the threshold is met to the second") {
  Scene scene;
  SECTION("open: 90 percent") {
    auto player = scene.player();
    auto last = player.play(0_s, 539_s);
    CHECK(last.progress.stage == LessonStage::in_progress);
    CHECK(last.progress.missing == 1_s);
    last = player.play(539_s, 540_s);
    CHECK(last.progress.stage == LessonStage::completed);
  }
  SECTION("subsidised: 95 percent") {
    auto player = scene.player({600_s}, "SUBSIDISED");
    CHECK(player.play(0_s, 569_s).progress.stage == LessonStage::in_progress);
    CHECK(player.play(569_s, 570_s).progress.stage == LessonStage::completed);
  }
}

TEST_CASE("The last mandatory lesson completes the course and posts the bonus once") {
  Scene scene;
  auto first = scene.player({600_s, 2100_s});
  CHECK_FALSE(first.play(0_s, 600_s).course_completed);
  TestPlayer second(scene, scene.learner, "course-2");
  second.play(0_s, 1880_s);
  const auto done = second.play(1880_s, 1890_s);
  CHECK(done.course_completed);
  CHECK(scene.number(
            "SELECT COUNT(*) FROM enrollments WHERE state = 'COMPLETED' AND completed_at IS NOT NULL") == 1);
  CHECK(scene.number("SELECT SUM(points) FROM credit_entries WHERE kind = 'COMPLETION'") == 2);  // 20 % of 10
  CHECK_FALSE(second.play(1890_s, 2100_s).course_completed);
  CHECK(scene.number("SELECT COUNT(*) FROM credit_entries WHERE kind = 'COMPLETION'") == 1);
  CHECK(scene.ledger() == 10 + 2);
}

TEST_CASE("An impossible heartbeat is refused with its reason and loses nothing saved") {
  Scene scene;
  auto player = scene.player();
  player.play(0_s, 30_s);
  const auto verdict = [&](Milliseconds from, Milliseconds to, Milliseconds wall, Milliseconds passed) {
    scene.clock.advance(passed);
    return scene.send(scene.learner, player.session(), {player.report(from, to, wall)})
        ->results.front()
        .verdict;
  };
  CHECK(verdict(40_s, 30_s, 10_s, 10_s) == Verdict::range);
  CHECK(verdict(590_s, 601_s, 11_s, 11_s) == Verdict::range);
  CHECK(verdict(30_s, 60_s, 55_s, 1_s) == Verdict::wall);
  CHECK(verdict(30_s, 45_s, 15_s, 61_s) == Verdict::gap);
  CHECK(scene.number("SELECT unique_ms FROM lesson_progress") == 30'000);
  CHECK(scene.number("SELECT COUNT(*) FROM learning_events WHERE accepted = 0") == 4);
}

TEST_CASE("Heartbeats that waited for a connection count, and no more than real time allows") {
  Scene scene;
  auto player = scene.player();
  std::vector<services::HeartbeatReport> waiting;
  for (int i = 0; i < 6; ++i) {
    scene.clock.advance(15_s);
    waiting.push_back(player.report(Milliseconds{15'000 * i}, Milliseconds{15'000 * (i + 1)}, 15_s));
  }
  SECTION("ninety seconds without a connection are all there") {
    const auto answer = scene.send(scene.learner, player.session(), waiting).value();
    for (const auto& result : answer.results) CHECK(result.verdict == Verdict::accepted);
    CHECK(answer.progress.unique == 90_s);
    CHECK(answer.progress.credited == 90_s);
  }
  SECTION("sent again after a lost answer they change nothing") {
    REQUIRE(scene.send(scene.learner, player.session(), waiting).has_value());
    scene.clock.advance(5_s);
    const auto again = scene.send(scene.learner, player.session(), waiting).value();
    for (const auto& result : again.results) CHECK(result.verdict == Verdict::duplicate);
    CHECK(again.progress.unique == 90_s);
  }
  SECTION("twice as much as has passed is not believed") {
    for (int i = 6; i < 12; ++i) {
      waiting.push_back(player.report(Milliseconds{15'000 * i}, Milliseconds{15'000 * (i + 1)}, 15_s));
    }
    const auto answer = scene.send(scene.learner, player.session(), waiting).value();
    CHECK(answer.progress.credited <= 92_s);
  }
}

TEST_CASE("Only the session's own learner may report, and only within the limits") {
  Scene scene;
  auto player = scene.player();
  const auto stranger = scene.add_account("stranger");
  scene.clock.advance(15_s);
  CHECK(scene.send(stranger, player.session(), {player.report(0_s, 15_s, 15_s)}).error().code ==
        ErrorCode::not_found);
  CHECK(scene.send(scene.learner, PlaybackSessionId{"nowhere"}, {player.report(0_s, 15_s, 15_s)})
            .error()
            .code == ErrorCode::not_found);
  CHECK(scene.send(scene.learner, player.session(), {}).error().code == ErrorCode::invalid);
  const std::vector<services::HeartbeatReport> many(65, player.report(0_s, 15_s, 15_s));
  CHECK(scene.send(scene.learner, player.session(), many).error().code == ErrorCode::invalid);
  auto odd = player.report(0_s, 15_s, 15_s);
  odd.form = "hologram";
  CHECK(scene.send(scene.learner, player.session(), {odd}).error().field == "form");
}

TEST_CASE("Progress, position and ledger are there after a restart") {
  Scene scene;
  auto player = scene.player({600_s});
  player.play(0_s, 300_s);
  auto last = player.report(300_s, 310_s, 10_s);
  last.position = Milliseconds{451'000};
  scene.clock.advance(10_s);
  REQUIRE(scene.send(scene.learner, player.session(), {last}).has_value());
  const auto before = scene.ledger();
  scene.database.reopen();
  CHECK(scene.ledger() == before);
  CHECK(scene.ledger() == scene.credited() / 270'000);
  const auto elsewhere = scene.start(scene.learner, "course-1").value();
  CHECK(elsewhere.progress.resume == Milliseconds{451'000});
  CHECK(elsewhere.progress.unique == 310_s);
  CHECK(elsewhere.course_points == before);
}
