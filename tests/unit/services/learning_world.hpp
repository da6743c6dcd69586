// SPDX-License-Identifier: GPL-3.0-or-later
// A learner, a course and a clock on a real database: what the tests of the learning services are told with.
#pragma once

#include "server/services/enrolment.hpp"
#include "server/services/heartbeats.hpp"
#include "server/services/playback.hpp"
#include "server/storage/credit_store.hpp"
#include "server/storage/database.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_random.hpp"
#include "tests/support/temp_database.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tongxing::tests {

inline constexpr Milliseconds operator""_s(unsigned long long seconds) {
  return Milliseconds{static_cast<std::int64_t>(seconds) * 1000};
}

class LearningWorld {
 public:
  TempDatabase database;
  FakeClock clock;
  FakeRandom random;

  /// Runs `use` in a write transaction and hands on what it returns.
  template <typename Use>
  auto write(Use use) {
    using Made = std::invoke_result_t<Use, storage::Connection&>;
    std::optional<Made> made;
    (void)database->write([&](storage::Connection& db) {
      made.emplace(use(db));
      return storage::Verdict::commit;
    });
    return *std::move(made);
  }

  auth::Viewer add_account(const std::string& id) {
    write([&](storage::Connection& db) {
      return db.run(
          "INSERT INTO accounts (id, login, display_name, password_hash, status, created_at) "
          "VALUES (?1, ?1, ?1, '!', 'ACTIVE', ?2)",
          id, clock.now());
    });
    auth::Viewer viewer;
    viewer.account = AccountId{id};
    viewer.roles = {auth::Role::trainee};
    return viewer;
  }

  /// A course in version 1 with one lesson for each duration: lessons "<id>-1", "<id>-2", …
  CourseId add_course(const std::string& id, const std::vector<Milliseconds>& durations,
                      std::string_view policy = "OPEN", std::string_view state = "PUBLISHED") {
    write([&](storage::Connection& db) {
      db.run(
          "INSERT INTO accounts (id, login, display_name, password_hash, status, created_at) "
          "VALUES ('author', 'author', 'author', '!', 'ACTIVE', 0) ON CONFLICT DO NOTHING");
      db.run("INSERT INTO courses (id, author_id, created_at) VALUES (?1, 'author', ?2)", id, clock.now());
      add_version(db, id, 1, policy, state);
      std::int64_t ordinal = 0;
      for (const Milliseconds duration : durations) add_lesson(db, id, ++ordinal, duration);
      return 0;
    });
    return CourseId{id};
  }

  void add_version(storage::Connection& db, const std::string& course, std::int64_t number,
                   std::string_view policy, std::string_view state) {
    const std::string version = course + "-v" + std::to_string(number);
    db.run(
        "INSERT INTO course_versions (id, course_id, number, state, title, summary, language, policy, "
        "created_at, "
        "published_at) VALUES (?1, ?2, ?3, ?4, ?5, '一步一步学。', 'cmn', ?6, ?7, ?7)",
        version, course, number, state, "洗车入门 " + course, policy, clock.now());
    if (state == "PUBLISHED")
      db.run("UPDATE courses SET published_version_id = ?2 WHERE id = ?1", course, version);
  }

  void add_lesson(storage::Connection& db, const std::string& course, std::int64_t ordinal,
                  Milliseconds duration) {
    const std::string lesson = course + "-" + std::to_string(ordinal);
    const std::string asset = lesson + "-asset";
    db.run("INSERT INTO lessons (id, course_id, created_at) VALUES (?1, ?2, ?3)", lesson, course,
           clock.now());
    db.run(
        "INSERT INTO media_assets (id, owner_id, lesson_id, state, file_name, source_bytes, source_sha256, "
        "version, "
        "duration_ms, has_video, has_audio, created_at) "
        "VALUES (?1, 'author', ?2, 'READY', 'a.mp4', 1, 'x', 'v1', ?3, 1, 1, ?4)",
        asset, lesson, duration, clock.now());
    db.run(
        "INSERT INTO version_lessons (version_id, lesson_id, ordinal, type, title, asset_id) "
        "VALUES (?1, ?2, ?3, 'VIDEO', ?4, ?5)",
        course + "-v1", lesson, ordinal, "第" + std::to_string(ordinal) + "课", asset);
  }

  void enrol(const auth::Viewer& viewer, const CourseId& course) {
    const auto done = write(
        [&](storage::Connection& db) { return services::enrol(db, viewer, course, clock.now(), random); });
    if (!done) throw std::runtime_error(done.error().message);
  }

  Result<services::StartedPlayback> start(const auth::Viewer& viewer, const std::string& lesson) {
    return write([&](storage::Connection& db) {
      return services::start_playback(db, viewer, LessonId{lesson}, clock.now(), random);
    });
  }

  Result<services::HeartbeatAnswer> send(const auth::Viewer& viewer, const PlaybackSessionId& session,
                                         const std::vector<services::HeartbeatReport>& reports) {
    return write([&](storage::Connection& db) {
      return services::record_heartbeats(db, viewer, session, reports, clock.now(), random);
    });
  }

  std::int64_t number(storage::Sql sql) {
    std::int64_t value = 0;
    database->read([&](storage::Connection& db) {
      storage::Rows rows = db.query(sql);
      if (rows.next()) value = rows.get<std::int64_t>(0);
    });
    return value;
  }
};

/// A player of one learner on one lesson: plays in heartbeats of 15 s of wall time while the clock goes on.
class TestPlayer {
 public:
  TestPlayer(LearningWorld& world, auth::Viewer viewer, std::string lesson)
      : world_(world), viewer_(std::move(viewer)), lesson_(std::move(lesson)) {
    restart();
  }

  void restart() {
    session_ = world_.start(viewer_, lesson_).value().session;
    seq_ = 0;
  }

  /// One heartbeat of [from, to) after `wall` of real time.
  services::HeartbeatAnswer beat(Milliseconds from, Milliseconds to, Milliseconds wall) {
    world_.clock.advance(wall);
    return world_.send(viewer_, session_, {report(from, to, wall)}).value();
  }

  /// Plays [from, to) at a speed, by heartbeats; every one must be taken.
  services::HeartbeatAnswer play(Milliseconds from, Milliseconds to, double speed = 1) {
    services::HeartbeatAnswer last;
    while (from < to) {
      const auto most = Milliseconds{static_cast<std::int64_t>(15'000 * speed)};
      const auto end = std::min(to, from + most);
      last = beat(from, end,
                  Milliseconds{static_cast<std::int64_t>(static_cast<double>((end - from).count()) / speed)});
      if (!last.results.front().taken()) {
        throw std::runtime_error("refused: " + std::string(courses::reason_of(last.results.front().verdict)));
      }
      from = end;
    }
    return last;
  }

  services::HeartbeatReport report(Milliseconds from, Milliseconds to, Milliseconds wall) {
    return {++seq_, from, to, wall, std::nullopt, "plain", 100};
  }

  [[nodiscard]] const PlaybackSessionId& session() const { return session_; }
  [[nodiscard]] const auth::Viewer& viewer() const { return viewer_; }

 private:
  LearningWorld& world_;
  auth::Viewer viewer_;
  std::string lesson_;
  PlaybackSessionId session_;
  std::int64_t seq_ = 0;
};

}  // namespace tongxing::tests
