// SPDX-License-Identifier: GPL-3.0-or-later
// Fills a new data folder for the benches: one published course with one long lesson, and COUNT learners who
// are enrolled and signed in.   seed_players DATA COUNT Prints the lesson's id, then one session token a
// line.
#include "server/auth/token.hpp"
#include "server/base/clock.hpp"
#include "server/base/random.hpp"
#include "server/storage/database.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace {

using namespace tongxing;
using storage::Connection;

constexpr std::int64_t kEightHoursMs = 8LL * 3600 * 1000;

void add_account(Connection& db, const std::string& id, const std::string& role, Timestamp now) {
  db.run(
      "INSERT INTO accounts (id, login, display_name, password_hash, status, created_at) "
      "VALUES (?1, ?1, ?1, '!', 'ACTIVE', ?2)",
      id, now);
  db.run("INSERT INTO role_assignments (account_id, role, granted_at) VALUES (?1, ?2, ?3)", id, role, now);
}

void add_course(Connection& db, Timestamp now) {
  add_account(db, "author", "instructor", now);
  db.run("INSERT INTO courses (id, author_id, created_at) VALUES ('course', 'author', ?1)", now);
  db.run(
      "INSERT INTO course_versions (id, course_id, number, state, title, summary, language, policy, "
      "created_at, "
      "published_at) VALUES ('version', 'course', 1, 'PUBLISHED', '洗车入门', '从接待到交车，一步一步学。', "
      "'cmn', 'OPEN', "
      "?1, ?1)",
      now);
  db.run("UPDATE courses SET published_version_id = 'version' WHERE id = 'course'");
  db.run(
      "INSERT INTO media_assets (id, owner_id, lesson_id, state, file_name, source_bytes, source_sha256, "
      "version, "
      "duration_ms, has_video, has_audio, created_at, ready_at) VALUES ('asset', 'author', 'lesson', "
      "'READY', "
      "'lesson.mp4', 1, 'none', 'v1', ?1, 1, 1, ?2, ?2)",
      kEightHoursMs, now);
  db.run("INSERT INTO lessons (id, course_id, created_at) VALUES ('lesson', 'course', ?1)", now);
  db.run(
      "INSERT INTO version_lessons (version_id, lesson_id, ordinal, type, title, asset_id) "
      "VALUES ('version', 'lesson', 1, 'VIDEO', '第一课', 'asset')");
}

std::string add_learner(Connection& db, Random& random, int number, Timestamp now) {
  const std::string id = "learner" + std::to_string(number);
  add_account(db, id, "trainee", now);
  const std::string token = auth::new_token(random);
  db.run(
      "INSERT INTO sessions (id, account_id, session_epoch, created_at, seen_at, idle_ms, expires_at) "
      "VALUES (?1, ?2, 0, ?3, ?3, 86400000, ?4)",
      auth::hash_of(token), id, now, now + Milliseconds{86'400'000});
  db.run(
      "INSERT INTO enrollments (id, account_id, course_id, version_id, state, created_at) "
      "VALUES (?1, ?1, 'course', 'version', 'LEARNING', ?2)",
      id, now);
  return token;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const std::filesystem::path folder = argv[1];
  const int count = std::atoi(argv[2]);
  std::filesystem::create_directories(folder);
  SystemRandom random;
  const Timestamp now = SystemClock().now();
  auto database = storage::Database::open(folder / "tongxing.db");
  std::string tokens;
  database->write([&](Connection& db) {
    add_course(db, now);
    for (int i = 0; i < count; ++i) tokens += add_learner(db, random, i, now) + "\n";
    return storage::Verdict::commit;
  });
  database->close();
  std::printf("lesson\n%s", tokens.c_str());
  return 0;
}
