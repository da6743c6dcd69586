// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/reviewing.hpp"

#include "server/services/course_drafts.hpp"
#include "server/services/lesson_editing.hpp"
#include "server/services/submission.hpp"
#include "server/services/teaching_access.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/services/teaching_fixture.hpp"

namespace tongxing::services {
namespace {

struct Desk : tests::TeachingFixture {
  Desk() {
    second_reviewer = reviewer;
    second_reviewer.account = AccountId{"reviewer2"};
    write([&](storage::Connection& db) {
      db.run(
          "INSERT INTO accounts (id, login, display_name, password_hash, status, created_at) "
          "VALUES ('reviewer2', 'reviewer2', 'reviewer2', '', 'ACTIVE', 0)");
    });
  }

  /// A lesson's video, prepared and captioned.
  void give_media(const LessonId& to, const std::string& asset = "a1") {
    write([&](storage::Connection& db) {
      storage::AssetStore assets(db);
      assets.create({AssetId{asset}, author.account, to, "v.mp4", 10, "sha-" + asset}, clock.now());
      assets.set_ready(AssetId{asset}, {"1", "{}", Milliseconds{90'000}, true, true}, clock.now());
      storage::LessonStore(db).attach(version, to, AssetId{asset});
    });
  }
  void give_captions(const std::string& asset = "a1", const std::string& source = "WEBVTT") {
    write([&](storage::Connection& db) {
      storage::TrackStore(db).put({TrackId{"t-" + asset}, AssetId{asset}, "CAPTION", "zh-Hans", "t-zh-Hans",
                                   source, 1, author.account, clock.now()});
    });
  }
  std::vector<std::string> missing() {
    return ask([&](storage::Connection& db) {
      std::vector<std::string> found;
      const auto row = storage::CourseVersionStore(db).find(version);
      for (const auto& item : missing_in(*row, pack_of(db, version), courses::PackFor::submission))
        found.push_back(item.message);
      return found;
    });
  }
  Result<void> submit() {
    return attempt([&](storage::Connection& db) { return submit_course(db, author, course, clock.now()); });
  }
  Result<void> take(const auth::Viewer& who) {
    return attempt([&](storage::Connection& db) { return take_into_review(db, who, version); });
  }
  Result<void> check(const auth::Viewer& who, std::string_view list, bool passed,
                     const std::string& note = "") {
    clock.advance(Milliseconds{1});
    return attempt([&](storage::Connection& db) {
      return record_checklist(db, who, version, {std::string(list), passed, note}, clock.now(), random);
    });
  }
  Result<void> state_visual(const auth::Viewer& who) {
    return attempt([&](storage::Connection& db) {
      return record_visual_statement(db, who, version, "画面信息均已说明");
    });
  }
  Result<void> publish(const auth::Viewer& who) {
    return attempt([&](storage::Connection& db) { return publish_version(db, who, version, clock.now()); });
  }
  Result<void> give_back(const auth::Viewer& who, const Reason& reason) {
    return attempt([&](storage::Connection& db) {
      return return_version(db, who, version, reason, clock.now(), random);
    });
  }
  Result<void> suspend(const auth::Viewer& who, const std::string& why) {
    return attempt([&](storage::Connection& db) {
      return suspend_version(db, who, version, {why, std::nullopt, std::nullopt}, clock.now(), random);
    });
  }
  /// Up to a version that can be published.
  void review_whole() {
    give_media(lesson);
    give_captions();
    REQUIRE(submit());
    REQUIRE(take(reviewer));
    for (const auto list : kChecklists) REQUIRE(check(reviewer, list, true));
    REQUIRE(state_visual(reviewer));
  }
  std::optional<CourseVersionId> in_catalogue() {
    return ask(
        [&](storage::Connection& db) { return storage::CourseStore(db).find(course)->published_version; });
  }

  auth::Viewer second_reviewer;
};

}  // namespace

TEST_CASE("what is missing is told, and an incomplete pack is not submitted") {
  Desk desk;
  using Keys = std::vector<std::string>;
  CHECK(desk.missing() == Keys{"teaching.missing.media"});
  CHECK(desk.submit().error().message == "errors.review.pack_incomplete");
  desk.give_media(desk.lesson);
  CHECK(desk.missing() == Keys{"teaching.missing.captions"});
  CHECK(desk.submit().error().code == ErrorCode::conflict);
  desk.write([](storage::Connection& db) {
    storage::AssetStore(db).set_state(AssetId{"a1"}, storage::AssetState::transcoding);
  });
  CHECK(desk.missing() == Keys{"teaching.missing.media_ready"});
  desk.write([](storage::Connection& db) {
    storage::AssetStore(db).set_failed(AssetId{"a1"}, storage::AssetState::failed, "k", "{}");
  });
  CHECK(desk.missing() == Keys{"teaching.missing.media_usable"});
  REQUIRE(desk.attempt([&](storage::Connection& db) { return remove_lesson(db, desk.author, desk.lesson); }));
  CHECK(desk.missing() == Keys{"teaching.missing.lessons"});
  CHECK(desk.state_of(desk.version) == "DRAFT");
}

TEST_CASE("a complete pack is submitted once, by its author") {
  Desk desk;
  desk.give_media(desk.lesson);
  desk.give_captions();
  CHECK(desk.missing().empty());
  const auto other = desk.attempt([&](storage::Connection& db) {
    return submit_course(db, desk.stranger, desk.course, desk.clock.now());
  });
  CHECK(other.error().code == ErrorCode::not_found);
  REQUIRE(desk.submit());
  CHECK(desk.state_of(desk.version) == "SUBMITTED");
  CHECK(desk.submit().error().code == ErrorCode::conflict);
}

TEST_CASE("a video without sound needs no captions, but a description") {
  Desk desk;
  desk.give_media(desk.lesson);
  desk.write([&](storage::Connection& db) {
    storage::AssetStore(db).set_ready(AssetId{"a1"}, {"1", "{}", Milliseconds{1000}, true, false},
                                      desk.clock.now());
  });
  CHECK(desk.missing() == std::vector<std::string>{"teaching.missing.silent"});
}

TEST_CASE("a version goes from submission into the catalogue") {
  Desk desk;
  desk.review_whole();
  CHECK_FALSE(desk.in_catalogue());
  REQUIRE(desk.publish(desk.reviewer));
  CHECK(desk.state_of(desk.version) == "PUBLISHED");
  CHECK(desk.in_catalogue() == desk.version);
  const auto row =
      desk.ask([&](storage::Connection& db) { return storage::CourseVersionStore(db).find(desk.version); });
  CHECK(row->content_hash.size() == 64);
  CHECK(row->published_at == desk.clock.now());
  CHECK(desk.publish(desk.reviewer).error().code == ErrorCode::conflict);
}

TEST_CASE("nobody reviews their own course, whatever roles they have") {
  Desk desk;
  desk.give_media(desk.lesson);
  desk.give_captions();
  REQUIRE(desk.submit());
  REQUIRE(desk.author.is(auth::Role::reviewer));
  CHECK(desk.take(desk.author).error().code == ErrorCode::forbidden);
  REQUIRE(desk.take(desk.reviewer));
  CHECK(desk.check(desk.author, "CONTENT", true).error().code == ErrorCode::forbidden);
  CHECK(desk.state_visual(desk.author).error().code == ErrorCode::forbidden);
  CHECK(desk.give_back(desk.author, {"x", {}, {}}).error().code == ErrorCode::forbidden);
  for (const auto list : kChecklists) REQUIRE(desk.check(desk.reviewer, list, true));
  REQUIRE(desk.state_visual(desk.reviewer));
  CHECK(desk.publish(desk.author).error().code == ErrorCode::forbidden);
  REQUIRE(desk.publish(desk.reviewer));
  CHECK(desk.suspend(desk.author, "x").error().code == ErrorCode::forbidden);
  const auto queue = desk.ask([&](storage::Connection& db) { return supervised_courses(db, desk.author); });
  CHECK(queue.empty());
}

TEST_CASE("the queue holds what waits, without one's own work and without drafts") {
  Desk desk;
  const auto queue = [&](const auth::Viewer& who) {
    return desk.ask([&](storage::Connection& db) { return review_queue(db, who); });
  };
  CHECK(queue(desk.reviewer).empty());
  desk.give_media(desk.lesson);
  desk.give_captions();
  REQUIRE(desk.submit());
  REQUIRE(queue(desk.reviewer).size() == 1);
  CHECK(queue(desk.reviewer).front().version.author_name == "author");
  CHECK(queue(desk.reviewer).front().lessons == 1);
  CHECK(queue(desk.reviewer).front().due == desk.clock.now() + kReviewTime);
  CHECK(queue(desk.author).empty());
}

TEST_CASE("people who are no reviewers see no review") {
  Desk desk;
  desk.give_media(desk.lesson);
  desk.give_captions();
  REQUIRE(desk.submit());
  for (const auth::Viewer* who : {&desk.stranger, &desk.trainee}) {
    CHECK(desk.take(*who).error().code == ErrorCode::not_found);
    CHECK(desk.publish(*who).error().code == ErrorCode::not_found);
    CHECK(
        desk.ask([&](storage::Connection& db) { return review_view(db, *who, desk.version); }).error().code ==
        ErrorCode::not_found);
  }
}

TEST_CASE("a draft is not there for reviewers") {
  Desk desk;
  CHECK(desk.take(desk.reviewer).error().code == ErrorCode::not_found);
  CHECK(desk.ask([&](storage::Connection& db) { return review_view(db, desk.reviewer, desk.version); })
            .error()
            .code == ErrorCode::not_found);
}

TEST_CASE("the reviewer who took a version is the one who judges it") {
  Desk desk;
  desk.give_media(desk.lesson);
  desk.give_captions();
  REQUIRE(desk.submit());
  CHECK(desk.check(desk.reviewer, "CONTENT", true).error().code == ErrorCode::conflict);  // not taken yet
  REQUIRE(desk.take(desk.reviewer));
  CHECK(desk.take(desk.second_reviewer).error().code == ErrorCode::conflict);
  CHECK(desk.check(desk.second_reviewer, "CONTENT", true).error().message ==
        "errors.review.not_taken_by_you");
  CHECK(desk.give_back(desk.second_reviewer, {"x", {}, {}}).error().message ==
        "errors.review.not_taken_by_you");
}

TEST_CASE("publishing needs all three checklists and the visual statement") {
  Desk desk;
  desk.give_media(desk.lesson);
  desk.give_captions();
  REQUIRE(desk.submit());
  REQUIRE(desk.take(desk.reviewer));
  CHECK(desk.publish(desk.reviewer).error().message == "errors.review.checklist_open");
  REQUIRE(desk.check(desk.reviewer, "CONTENT", true));
  REQUIRE(desk.check(desk.reviewer, "ACCESSIBILITY", false, "字幕缺声音说明"));
  REQUIRE(desk.check(desk.reviewer, "RIGHTS", true));
  CHECK(desk.publish(desk.reviewer).error().message == "errors.review.checklist_failed");
  REQUIRE(desk.check(desk.reviewer, "ACCESSIBILITY", true));
  CHECK(desk.publish(desk.reviewer).error().message == "errors.review.pack_incomplete");
  REQUIRE(desk.state_visual(desk.reviewer));
  CHECK(desk.publish(desk.reviewer));
}

TEST_CASE("a checklist that fails says why, and unknown ones are refused") {
  Desk desk;
  desk.give_media(desk.lesson);
  desk.give_captions();
  REQUIRE(desk.submit());
  REQUIRE(desk.take(desk.reviewer));
  CHECK(desk.check(desk.reviewer, "CONTENT", false).error().field == "note");
  CHECK(desk.check(desk.reviewer, "TASTE", true).error().field == "checklist");
  CHECK(desk.check(desk.reviewer, "CONTENT", true, std::string(2001, 'x')).error().field == "note");
}

TEST_CASE("a version is returned with a reason, mended and judged anew") {
  Desk desk;
  desk.review_whole();
  CHECK(desk.give_back(desk.reviewer, {"  ", {}, {}}).error().field == "reason");
  CHECK(desk.give_back(desk.reviewer, {"x", LessonId{"elsewhere"}, {}}).error().field == "lesson");
  REQUIRE(desk.give_back(desk.reviewer, {"这里的字幕错了", desk.lesson, Milliseconds{75'000}}));
  CHECK(desk.state_of(desk.version) == "RETURNED");
  desk.database->read([&](storage::Connection& db) {
    const auto reasons = storage::ReviewStore(db).reasons_of_course(desk.course);
    REQUIRE(reasons.size() == 1);
    CHECK(reasons.front().at == Milliseconds{75'000});
    CHECK(reasons.front().lesson == desk.lesson);
  });
  desk.clock.advance(Milliseconds{1000});
  REQUIRE(desk.submit());
  REQUIRE(desk.take(desk.second_reviewer));  // another one may take it now
  CHECK(desk.publish(desk.second_reviewer).error().message == "errors.review.checklist_open");
}

TEST_CASE("what was approved cannot be exchanged before it is published") {
  Desk desk;
  desk.review_whole();
  REQUIRE(desk.attempt(
      [&](storage::Connection& db) { return approve_version(db, desk.reviewer, desk.version); }));
  desk.give_captions("a1", "WEBVTT other");
  CHECK(desk.publish(desk.second_reviewer).error().message == "errors.review.changed");
  desk.give_captions();
  CHECK(desk.publish(desk.second_reviewer));  // anybody but the author may publish what was approved
}

TEST_CASE("a suspended course leaves the catalogue at once and comes back by a new review only") {
  Desk desk;
  desk.review_whole();
  CHECK(desk.suspend(desk.reviewer, "投诉").error().code == ErrorCode::conflict);
  REQUIRE(desk.publish(desk.reviewer));
  CHECK(desk.suspend(desk.second_reviewer, "").error().field == "reason");
  desk.clock.advance(Milliseconds{1000});
  REQUIRE(desk.suspend(desk.second_reviewer, "收到投诉，内容有误"));
  CHECK_FALSE(desk.in_catalogue());
  CHECK(desk.publish(desk.reviewer).error().code == ErrorCode::conflict);
  CHECK(desk.publish(desk.second_reviewer).error().message == "errors.review.checklist_open");
  for (const auto list : kChecklists) REQUIRE(desk.check(desk.second_reviewer, list, true));
  REQUIRE(desk.state_visual(desk.second_reviewer));
  REQUIRE(desk.publish(desk.second_reviewer));
  CHECK(desk.in_catalogue() == desk.version);
}

TEST_CASE("the version before retires when the next one is published") {
  Desk desk;
  desk.review_whole();
  REQUIRE(desk.publish(desk.reviewer));
  const CourseVersionId first = desk.version;
  const auto second = desk.attempt([&](storage::Connection& db) {
    return new_course_version(db, desk.author, desk.course, desk.clock.now(), desk.random);
  });
  REQUIRE(second);
  desk.version = *second;
  CHECK(desk.in_catalogue() == first);
  REQUIRE(desk.submit());
  REQUIRE(desk.take(desk.reviewer));
  for (const auto list : kChecklists) REQUIRE(desk.check(desk.reviewer, list, true));
  REQUIRE(desk.state_visual(desk.reviewer));
  REQUIRE(desk.publish(desk.reviewer));
  CHECK(desk.in_catalogue() == *second);
  CHECK(desk.state_of(first) == "RETIRED");
}

TEST_CASE("an asset that is not public is seen by its author, and by reviewers once it was submitted") {
  Desk desk;
  desk.give_media(desk.lesson);
  desk.give_captions();
  const auto sees = [&](const auth::Viewer& who) {
    return desk.ask([&](storage::Connection& db) { return may_see_asset(db, who, AssetId{"a1"}); });
  };
  CHECK(sees(desk.author));
  CHECK_FALSE(sees(desk.reviewer));
  CHECK_FALSE(sees(desk.stranger));
  REQUIRE(desk.submit());
  CHECK(sees(desk.reviewer));
  CHECK_FALSE(sees(desk.stranger));
  CHECK_FALSE(sees(desk.trainee));
  CHECK_FALSE(sees(auth::Viewer{}));
}

TEST_CASE("the trail tells who submitted, returned, published and suspended") {
  Desk desk;
  desk.review_whole();
  REQUIRE(desk.publish(desk.reviewer));
  REQUIRE(desk.suspend(desk.second_reviewer, "投诉"));
  const auto trail = desk.ask([](storage::Connection& db) {
    std::vector<std::string> found;
    auto rows = db.query("SELECT actor, action FROM audit_events ORDER BY seq");
    while (rows.next()) found.push_back(rows.get<std::string>(0) + " " + rows.get<std::string>(1));
    return found;
  });
  CHECK(trail == std::vector<std::string>{"author course.submitted", "reviewer course.published",
                                          "reviewer2 course.suspended"});
}

TEST_CASE("time codes are minutes and seconds, or hours too") {
  CHECK(parse_time_code("0:00") == Milliseconds{0});
  CHECK(parse_time_code("12:34") == Milliseconds{754'000});
  CHECK(parse_time_code("1:02:03") == Milliseconds{3'723'000});
  for (const char* wrong :
       {"", "12", "1:2", "1:60", "1:60:00", ":30", "1:00:00:00", "a:00", "-1:00", "1:000"}) {
    CHECK_FALSE(parse_time_code(wrong));
  }
}

}  // namespace tongxing::services
