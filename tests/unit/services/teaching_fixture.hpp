// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/viewer.hpp"
#include "server/storage/course_store.hpp"
#include "server/storage/course_version_store.hpp"
#include "server/storage/lesson_store.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_random.hpp"
#include "tests/support/temp_database.hpp"

#include <string>

namespace tongxing::tests {

/// A database with three people (an author who also reviews, a reviewer, a stranger who teaches too) and a
/// draft course "c1" with version "v1" and the lesson "l1".
class TeachingFixture {
 public:
  TeachingFixture() {
    author = person("author", {auth::Role::instructor, auth::Role::reviewer});
    reviewer = person("reviewer", {auth::Role::reviewer});
    stranger = person("stranger", {auth::Role::instructor});
    trainee = person("trainee", {auth::Role::trainee});
    write([&](storage::Connection& db) {
      storage::CourseStore(db).insert({course, author.account, clock.now(), std::nullopt});
      storage::CourseVersionRow row;
      row.id = version;
      row.course = course;
      row.state = "DRAFT";
      row.title = "面点制作";
      row.summary = "从和面到蒸制";
      row.language = "cmn";
      row.policy = "OPEN";
      row.created_at = clock.now();
      storage::CourseVersionStore(db).insert(row);
      add_lesson(db, lesson, 1);
    });
  }

  template <typename Job>
  void write(Job job) {
    database->write([&](storage::Connection& db) {
      job(db);
      return storage::Verdict::commit;
    });
  }
  /// Runs a use case on the writer and keeps its changes only if it succeeded, as the middleware does.
  template <typename Case>
  auto attempt(Case use_case) {
    std::optional<decltype(use_case(std::declval<storage::Connection&>()))> result;
    database->write([&](storage::Connection& db) {
      result.emplace(use_case(db));
      return result->has_value() ? storage::Verdict::commit : storage::Verdict::rollback;
    });
    return std::move(*result);
  }
  template <typename Query>
  auto ask(Query query) {
    std::optional<decltype(query(std::declval<storage::Connection&>()))> result;
    database->read([&](storage::Connection& db) { result.emplace(query(db)); });
    return std::move(*result);
  }

  void set_state(const std::string& state) {
    write([&](storage::Connection& db) {
      db.run("UPDATE course_versions SET state = ?2, submitted_at = 1 WHERE id = ?1", version, state);
    });
  }
  [[nodiscard]] std::string state_of(const CourseVersionId& id) {
    return ask([&](storage::Connection& db) { return storage::CourseVersionStore(db).find(id)->state; });
  }

  void add_lesson(storage::Connection& db, const LessonId& id, std::int64_t ordinal) {
    storage::LessonStore lessons(db);
    lessons.insert(id, course, clock.now());
    storage::VersionLessonRow row;
    row.version = version;
    row.lesson = id;
    row.ordinal = ordinal;
    row.title = "第" + std::to_string(ordinal) + "课";
    lessons.add_to_version(row);
  }

  FakeClock clock;
  FakeRandom random;
  TempDatabase database;
  auth::Viewer author, reviewer, stranger, trainee;
  CourseId course{"c1"};
  CourseVersionId version{"v1"};
  LessonId lesson{"l1"};

 private:
  auth::Viewer person(const std::string& name, std::set<auth::Role> roles) {
    write([&](storage::Connection& db) {
      db.run(
          "INSERT INTO accounts (id, login, display_name, password_hash, status, created_at) "
          "VALUES (?1, ?1, ?1, '', 'ACTIVE', 0)",
          name);
    });
    auth::Viewer viewer;
    viewer.account = AccountId{name};
    viewer.display_name = name;
    viewer.roles = std::move(roles);
    return viewer;
  }
};

}  // namespace tongxing::tests
