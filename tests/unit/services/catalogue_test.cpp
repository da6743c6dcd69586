// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/catalogue.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/services/learning_world.hpp"

#include <string>

using namespace tongxing;
using namespace tongxing::tests;

namespace {

Result<services::CataloguePage> list(LearningWorld& world, std::string_view words = {},
                                     std::int64_t page = 1) {
  return world.write([&](storage::Connection& db) { return services::list_courses(db, words, page); });
}

Result<services::CourseView> view(LearningWorld& world, const auth::Viewer& viewer,
                                  const std::string& course) {
  return world.write(
      [&](storage::Connection& db) { return services::view_course(db, viewer, CourseId{course}); });
}

}  // namespace

TEST_CASE("The catalogue shows published courses only, newest first") {
  LearningWorld world;
  world.add_course("old", {600_s});
  for (const char* state :
       {"DRAFT", "SUBMITTED", "IN_REVIEW", "RETURNED", "APPROVED", "RETIRED", "SUSPENDED"}) {
    world.add_course(state, {600_s}, "OPEN", state);
  }
  world.clock.advance(60_s);
  world.add_course("new", {600_s, 2100_s});
  const auto page = list(world).value();
  REQUIRE(page.courses.size() == 2);
  CHECK(page.total == 2);
  CHECK(page.courses[0].id == CourseId{"new"});
  CHECK(page.courses[0].lessons == 2);
  CHECK(page.courses[0].class_hours == "1.00");
  CHECK(page.courses[1].class_hours == "0.22");
  CHECK(page.courses[0].sound_only);
}

TEST_CASE("A course that is taken out of print is gone from catalogue and page at once") {
  LearningWorld world;
  world.add_course("course", {600_s});
  world.write(
      [](storage::Connection& db) { return db.run("UPDATE course_versions SET state = 'SUSPENDED'"); });
  CHECK(list(world)->courses.empty());
  CHECK(view(world, {}, "course").error().code == ErrorCode::not_found);
  CHECK(view(world, {}, "nowhere").error().code == ErrorCode::not_found);
}

TEST_CASE("Search finds words as they stand, and treats signs as signs") {
  LearningWorld world;
  world.add_course("Wash", {600_s});
  world.add_course("50%_off", {600_s});
  CHECK(list(world, " 洗车 ")->courses.size() == 2);
  CHECK(list(world, "wash")->courses.size() == 1);
  CHECK(list(world, "%_o")->courses.size() == 1);
  CHECK(list(world, "_a_h")->courses.empty());
  CHECK(list(world, "'; DROP TABLE courses; --")->courses.empty());
  CHECK(list(world, std::string(101, 'x')).error().field == "q");
}

TEST_CASE("Pages of the catalogue are brought into range") {
  LearningWorld world;
  for (int i = 0; i < 21; ++i) world.add_course("c" + std::to_string(i), {60_s});
  CHECK(list(world)->pages == 2);
  CHECK(list(world)->courses.size() == 20);
  CHECK(list(world, {}, 2)->courses.size() == 1);
  CHECK(list(world, {}, 99)->page == 2);
  CHECK(list(world, {}, -5)->page == 1);
}

TEST_CASE("A learner goes on with the version that they began") {
  LearningWorld world;
  const auto learner = world.add_account("learner");
  const auto course = world.add_course("course", {600_s});
  world.enrol(learner, course);
  world.write([&](storage::Connection& db) {
    db.run("UPDATE course_versions SET state = 'RETIRED'");
    world.add_version(db, "course", 2, "OPEN", "PUBLISHED");
    return 0;
  });
  const auto mine = view(world, learner, "course").value();
  CHECK(mine.enrolled);
  CHECK(mine.course.version == CourseVersionId{"course-v1"});
  CHECK(mine.lessons.size() == 1);
  CHECK(view(world, {}, "course")->course.version == CourseVersionId{"course-v2"});
}

TEST_CASE("Enrolling twice is enrolling once; drafts can not be enrolled in") {
  LearningWorld world;
  const auto learner = world.add_account("learner");
  const auto course = world.add_course("course", {600_s});
  world.add_course("draft", {600_s}, "OPEN", "DRAFT");
  const auto enrol = [&](const auth::Viewer& viewer, const CourseId& id) {
    return world.write([&](storage::Connection& db) {
      return services::enrol(db, viewer, id, world.clock.now(), world.random);
    });
  };
  CHECK(enrol({}, course).error().code == ErrorCode::unauthenticated);
  CHECK(enrol(learner, CourseId{"draft"}).error().code == ErrorCode::not_found);
  CHECK(enrol(learner, course).value() == services::EnrolmentOutcome::enrolled);
  CHECK(enrol(learner, course).value() == services::EnrolmentOutcome::already);
  CHECK(world.number("SELECT COUNT(*) FROM enrollments") == 1);
}

TEST_CASE("Play is recorded only for learners who are enrolled") {
  LearningWorld world;
  const auto learner = world.add_account("learner");
  world.add_course("course", {600_s});
  world.add_course("draft", {600_s}, "OPEN", "DRAFT");
  CHECK(world.start({}, "course-1").error().code == ErrorCode::unauthenticated);
  CHECK(world.start(learner, "course-1").error().code == ErrorCode::conflict);
  CHECK(world.start(learner, "draft-1").error().code == ErrorCode::not_found);
  CHECK(world.start(learner, "nowhere").error().code == ErrorCode::not_found);
}
