// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/course_drafts.hpp"

#include "server/services/course_details.hpp"
#include "server/services/lesson_editing.hpp"
#include "server/services/teaching_access.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/services/teaching_fixture.hpp"

namespace tongxing::services {
namespace {

struct Desk : tests::TeachingFixture {
  std::vector<std::string> lessons(const CourseVersionId& of) {
    return ask([&](storage::Connection& db) {
      std::vector<std::string> found;
      for (const auto& row : storage::LessonStore(db).of_version(of)) found.push_back(row.title);
      return found;
    });
  }
  Result<LessonId> add(const std::string& title) {
    return attempt([&](storage::Connection& db) {
      return services::add_lesson(db, author, course, {title, ""}, clock.now(), random);
    });
  }
};

}  // namespace

TEST_CASE("an instructor makes a course with a first draft") {
  Desk desk;
  const auto made = desk.attempt([&](storage::Connection& db) {
    return create_course(db, desk.author, {"  盲人按摩基础\r\n", "入门", "yue", "CREDIT"}, desk.clock.now(),
                         desk.random);
  });
  REQUIRE(made);
  const auto version =
      desk.ask([&](storage::Connection& db) { return own_latest_version(db, desk.author, made->course); });
  REQUIRE(version);
  CHECK(version->title == "盲人按摩基础");
  CHECK(version->state == "DRAFT");
  CHECK(version->number == 1);
  CHECK(version->language == "yue");
  CHECK(version->policy == "CREDIT");
}

TEST_CASE("only instructors make courses") {
  Desk desk;
  for (const auth::Viewer* who : {&desk.reviewer, &desk.trainee}) {
    const auto made = desk.attempt([&](storage::Connection& db) {
      return create_course(db, *who, {"题目", "简介"}, desk.clock.now(), desk.random);
    });
    REQUIRE_FALSE(made);
    CHECK(made.error().code == ErrorCode::forbidden);
  }
}

TEST_CASE("what an author writes is checked, every mistake beside its field") {
  const auto fields = [](const CourseDetails& details) {
    std::vector<std::string> found;
    for (const Error& error : problems_in(details)) found.push_back(error.field);
    return found;
  };
  CHECK(fields({"题", "简", "cmn", "OPEN"}).empty());
  CHECK(fields({"", "", "fr", "FREE"}) == std::vector<std::string>{"title", "summary", "language", "policy"});
  std::string hundred;
  for (int i = 0; i < 100; ++i) hundred += "字";
  CHECK(fields({hundred, "简"}).empty());
  CHECK(fields({hundred + "字", "简"}) == std::vector<std::string>{"title"});
  CHECK(tidied_text("\t a\x01 b\r\nc\r d \n") == "a b\nc\n d");
}

TEST_CASE("a course that is somebody else's does not exist") {
  Desk desk;
  for (const auth::Viewer* who : {&desk.stranger, &desk.reviewer, &desk.trainee}) {
    const auto edited = desk.attempt(
        [&](storage::Connection& db) { return edit_course(db, *who, desk.course, {"改", "改"}); });
    CHECK(edited.error().code == ErrorCode::not_found);
    const auto added = desk.attempt([&](storage::Connection& db) {
      return add_lesson(db, *who, desk.course, {"课", ""}, desk.clock.now(), desk.random);
    });
    CHECK(added.error().code == ErrorCode::not_found);
    const auto removed =
        desk.attempt([&](storage::Connection& db) { return remove_lesson(db, *who, desk.lesson); });
    CHECK(removed.error().code == ErrorCode::not_found);
    const auto next = desk.attempt([&](storage::Connection& db) {
      return new_course_version(db, *who, desk.course, desk.clock.now(), desk.random);
    });
    CHECK(next.error().code == ErrorCode::not_found);
  }
  CHECK(desk.ask([&](storage::Connection& db) { return own_course(db, desk.author, CourseId{"none"}); })
            .error()
            .code == ErrorCode::not_found);
}

TEST_CASE("lessons are added, renamed, moved and removed in a draft") {
  Desk desk;
  const auto second = desk.add("第二课");
  REQUIRE(second);
  REQUIRE(desk.add("第三课"));
  using Titles = std::vector<std::string>;
  CHECK(desk.lessons(desk.version) == Titles{"第1课", "第二课", "第三课"});
  const auto move = [&](Direction direction) {
    return desk.attempt(
        [&](storage::Connection& db) { return move_lesson(db, desk.author, *second, direction); });
  };
  REQUIRE(move(Direction::up));
  CHECK(desk.lessons(desk.version) == Titles{"第二课", "第1课", "第三课"});
  REQUIRE(move(Direction::up));  // at the end already
  CHECK(desk.lessons(desk.version) == Titles{"第二课", "第1课", "第三课"});
  REQUIRE(move(Direction::down));
  REQUIRE(move(Direction::down));
  REQUIRE(move(Direction::down));
  CHECK(desk.lessons(desk.version) == Titles{"第1课", "第三课", "第二课"});
  REQUIRE(desk.attempt([&](storage::Connection& db) {
    return edit_lesson(db, desk.author, *second, {"新的第二课", "说明"});
  }));
  REQUIRE(desk.attempt([&](storage::Connection& db) { return remove_lesson(db, desk.author, desk.lesson); }));
  CHECK(desk.lessons(desk.version) == Titles{"第三课", "新的第二课"});
  REQUIRE(desk.add("第四课"));
  CHECK(desk.lessons(desk.version) == Titles{"第三课", "新的第二课", "第四课"});
}

TEST_CASE("nothing of a version can be edited once it left the author's desk") {
  Desk desk;
  for (const char* state : {"SUBMITTED", "IN_REVIEW", "APPROVED", "PUBLISHED", "SUSPENDED", "RETIRED"}) {
    desk.set_state(state);
    CHECK(desk.add("课").error().code == ErrorCode::conflict);
    const auto edited = desk.attempt(
        [&](storage::Connection& db) { return edit_course(db, desk.author, desk.course, {"改", "改"}); });
    CHECK(edited.error().code == ErrorCode::conflict);
    const auto renamed = desk.attempt(
        [&](storage::Connection& db) { return edit_lesson(db, desk.author, desk.lesson, {"改", ""}); });
    CHECK(renamed.error().code == ErrorCode::conflict);
    const auto moved = desk.attempt(
        [&](storage::Connection& db) { return move_lesson(db, desk.author, desk.lesson, Direction::up); });
    CHECK(moved.error().code == ErrorCode::conflict);
  }
}

TEST_CASE("a returned version becomes a draft by its first change") {
  Desk desk;
  desk.set_state("RETURNED");
  REQUIRE(desk.add("补充的课"));
  CHECK(desk.state_of(desk.version) == "DRAFT");
}

TEST_CASE("the next version keeps the lessons' identities and leaves the published one alone") {
  Desk desk;
  const auto next = [&] {
    return desk.attempt([&](storage::Connection& db) {
      return new_course_version(db, desk.author, desk.course, desk.clock.now(), desk.random);
    });
  };
  CHECK(next().error().code == ErrorCode::conflict);  // the draft is still open
  desk.set_state("PUBLISHED");
  const auto second = next();
  REQUIRE(second);
  CHECK(next().error().code == ErrorCode::conflict);
  REQUIRE(desk.attempt([&](storage::Connection& db) {
    return edit_lesson(db, desk.author, desk.lesson, {"修订后的第一课", ""});
  }));
  CHECK(desk.lessons(desk.version) == std::vector<std::string>{"第1课"});
  CHECK(desk.lessons(*second) == std::vector<std::string>{"修订后的第一课"});
  desk.database->read([&](storage::Connection& db) {
    CHECK(storage::LessonStore(db).find(*second, desk.lesson));
    CHECK(storage::CourseVersionStore(db).find(*second)->number == 2);
  });
}

TEST_CASE("a lesson that the newest version dropped is history") {
  Desk desk;
  desk.set_state("PUBLISHED");
  const auto second = desk.attempt([&](storage::Connection& db) {
    return new_course_version(db, desk.author, desk.course, desk.clock.now(), desk.random);
  });
  REQUIRE(second);
  REQUIRE(desk.attempt([&](storage::Connection& db) { return remove_lesson(db, desk.author, desk.lesson); }));
  const auto edited = desk.attempt(
      [&](storage::Connection& db) { return edit_lesson(db, desk.author, desk.lesson, {"改", ""}); });
  CHECK(edited.error().code == ErrorCode::conflict);
}

}  // namespace tongxing::services
