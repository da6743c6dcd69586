// SPDX-License-Identifier: GPL-3.0-or-later
// Rules A9, S6 and S8: what only a person can say, asked again when what it is about has changed.
#include "server/services/lesson_ticks.hpp"

#include "accessibility/readiness/gate.hpp"
#include "media/package_json/package_json.hpp"
#include "server/services/access_facts.hpp"
#include "server/services/course_drafts.hpp"
#include "server/services/reviewing.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/services/teaching_fixture.hpp"

#include <algorithm>

namespace tongxing::services {
namespace {

using enum TickPoint;

struct Desk : tests::TeachingFixture {
  Desk() {
    write([&](storage::Connection& db) {
      storage::AssetStore(db).create({asset, author.account, lesson, "v.mp4", 10, "sha"}, clock.now());
      storage::LessonStore(db).attach(version, lesson, asset);
      give(db, "CAPTION", "WEBVTT\n\n00:01.000 --> 00:03.000\n先把车冲一遍\n");
    });
    set_package(300'000);
  }

  void give(storage::Connection& db, const std::string& kind, const std::string& source) {
    storage::TrackStore(db).put(
        {TrackId{kind}, asset, kind, "zh-Hans", "t", source, 1, author.account, clock.now()});
  }
  /// A film with a signer whose segments have that many bytes; 0: without a signer.
  void set_package(std::int64_t signer_bytes) {
    media::model::Package package;
    package.duration = Milliseconds{60'000};
    package.segment_duration = Milliseconds{6'000};
    media::model::Rendition video{
        "v360", media::model::MediaKind::video, "avc1.4D401E", "", 640, 360, 25, 0, 0, 700, {}};
    video.segments.assign(10, {6'000'000, 90'000});
    package.renditions = {video};
    auto signer = video;
    signer.name = "sign360";
    signer.language = "csl";
    signer.segments.assign(10, {6'000'000, signer_bytes});
    if (signer_bytes > 0) package.sign = {signer};
    write([&](storage::Connection& db) {
      storage::AssetStore(db).set_ready(asset, {"1", media::to_json(package), package.duration, true, true},
                                        clock.now());
    });
  }
  void describe(const std::string& text) {
    write([&](storage::Connection& db) {
      give(db, "AUDIO_DESCRIPTION", "WEBVTT\n\n00:20.000 --> 00:24.000\n" + text + "\n");
    });
  }

  LessonPack pack(const CourseVersionId& of = CourseVersionId{"v1"}) {
    return ask([&](storage::Connection& db) { return pack_of(db, of).at(0); });
  }
  bool ticked(TickPoint point) { return is_ticked(ticks_of(pack()), point); }
  std::vector<TickPoint> asked() {
    std::vector<TickPoint> points;
    for (const auto& tick : ticks_of(pack())) points.push_back(tick.point);
    return points;
  }
  Result<void> tick(const auth::Viewer& who, TickPoint point, Confirmation how = Confirmation::given) {
    return attempt([&](storage::Connection& db) {
      return record_tick(db, who, version, lesson, name_of(point), how, clock.now());
    });
  }
  Result<void> state(const auth::Viewer& who, Confirmation how = Confirmation::given) {
    return attempt(
        [&](storage::Connection& db) { return state_sign_consent(db, who, lesson, how, clock.now()); });
  }
  Result<void> pass_accessibility() {
    return attempt([&](storage::Connection& db) {
      return record_checklist(db, reviewer, version, {"ACCESSIBILITY", true, ""}, clock.now(), random);
    });
  }
  void in_review() {
    set_state("IN_REVIEW");
    write([&](storage::Connection& db) {
      storage::CourseVersionStore(db).set_reviewer(version, reviewer.account);
    });
  }
  std::vector<std::string> missing(courses::PackFor purpose) {
    return ask([&](storage::Connection& db) {
      std::vector<std::string> found;
      const auto row = storage::CourseVersionStore(db).find(version);
      for (const auto& item : missing_in(*row, pack_of(db, version), purpose)) found.push_back(item.message);
      return found;
    });
  }

  AssetId asset{"a1"};
};

bool has(const std::vector<std::string>& list, std::string_view text) {
  return std::ranges::find(list, text) != list.end();
}

}  // namespace

TEST_CASE("only what a lesson has is asked") {
  Desk desk;
  CHECK(desk.asked() == std::vector{sign_picture, sign_consent, consent_stated});
  desk.describe("一个人推着车走进院子。");
  CHECK(desk.asked() == std::vector{on_screen_text, sign_picture, sign_consent, consent_stated});
  desk.set_package(0);
  CHECK(desk.asked() == std::vector{on_screen_text});
}

TEST_CASE("S8: stated by the author, confirmed by the reviewer, refused without") {
  Desk desk;
  using courses::PackFor;
  CHECK(has(desk.missing(PackFor::submission), "teaching.missing.sign_consent"));
  CHECK(desk.state(desk.stranger).error().code == ErrorCode::not_found);
  REQUIRE(desk.state(desk.author));
  CHECK(desk.ticked(consent_stated));
  CHECK_FALSE(has(desk.missing(PackFor::submission), "teaching.missing.sign_consent"));
  CHECK(has(desk.missing(PackFor::publication), "teaching.missing.sign_consent_check"));
  desk.in_review();
  CHECK(desk.state(desk.author, Confirmation::withdrawn).error().code == ErrorCode::conflict);
  REQUIRE(desk.tick(desk.reviewer, sign_consent));
  CHECK_FALSE(has(desk.missing(PackFor::publication), "teaching.missing.sign_consent_check"));
}

TEST_CASE("S6 and A9: the accessibility check passes only when they are ticked") {
  Desk desk;
  desk.describe("一个人推着车走进院子。");
  REQUIRE(desk.state(desk.author));
  desk.in_review();
  for (const auto point : {on_screen_text, sign_picture, sign_consent}) {
    const auto refused = desk.pass_accessibility();
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message == "errors.review.ticks_open");
    REQUIRE(desk.tick(desk.reviewer, point));
  }
  CHECK(desk.pass_accessibility());
  const auto facts = access_facts_of(desk.pack(), VisualStatement::open);
  CHECK(facts.sign->consent == accessibility::Consent::confirmed);
}

TEST_CASE("a tick belongs to the reviewer who has the version, and to the points that there are") {
  Desk desk;
  CHECK_FALSE(desk.tick(desk.reviewer, sign_picture));  // a draft
  desk.in_review();
  CHECK(desk.tick(desk.author, sign_picture).error().code == ErrorCode::forbidden);
  CHECK(desk.tick(desk.stranger, sign_picture).error().code == ErrorCode::not_found);
  CHECK(desk.tick(desk.reviewer, on_screen_text).error().message == "errors.review.tick_nothing");
  CHECK(desk.tick(desk.reviewer, consent_stated).error().field == "point");
}

TEST_CASE("a tick is asked again when its track changes, and only then") {
  Desk desk;
  desk.describe("一个人推着车走进院子。");
  REQUIRE(desk.state(desk.author));
  desk.in_review();
  for (const auto point : {on_screen_text, sign_picture, sign_consent})
    REQUIRE(desk.tick(desk.reviewer, point));
  desk.set_package(300'000);  // made once more, the same
  for (const auto point : {on_screen_text, sign_picture, sign_consent, consent_stated})
    CHECK(desk.ticked(point));
  desk.describe("一个人推着车离开院子。");
  CHECK_FALSE(desk.ticked(on_screen_text));
  CHECK(desk.ticked(sign_picture));
  desk.set_package(310'000);
  for (const auto point : {sign_picture, sign_consent, consent_stated}) CHECK_FALSE(desk.ticked(point));
}

TEST_CASE("the next version asks the reviewer anew, and the author no more than once") {
  Desk desk;
  REQUIRE(desk.state(desk.author));
  desk.in_review();
  REQUIRE(desk.tick(desk.reviewer, sign_picture));
  desk.set_state("PUBLISHED");
  const auto next = desk.attempt([&](storage::Connection& db) {
    return new_course_version(db, desk.author, desk.course, desk.clock.now(), desk.random);
  });
  REQUIRE(next);
  const auto ticks = ticks_of(desk.pack(*next));
  CHECK(is_ticked(ticks, consent_stated));
  CHECK_FALSE(is_ticked(ticks, sign_picture));
  REQUIRE(desk.state(desk.author, Confirmation::withdrawn));
  CHECK_FALSE(is_ticked(ticks_of(desk.pack(*next)), consent_stated));
}

TEST_CASE("ticks can be taken back, and all of it is in the audit") {
  Desk desk;
  desk.in_review();
  REQUIRE(desk.tick(desk.reviewer, sign_picture));
  REQUIRE(desk.tick(desk.reviewer, sign_picture));  // changes nothing
  REQUIRE(desk.tick(desk.reviewer, sign_picture, Confirmation::withdrawn));
  CHECK_FALSE(desk.ticked(sign_picture));
  desk.database->read([](storage::Connection& db) {
    auto rows = db.query("SELECT action, detail FROM audit_events WHERE object_kind = 'lesson' ORDER BY seq");
    std::vector<std::string> actions;
    while (rows.next()) actions.push_back(rows.get<std::string>(0) + ' ' + rows.get<std::string>(1));
    CHECK(actions ==
          std::vector<std::string>{"lesson.ticked SIGN_PICTURE v1", "lesson.unticked SIGN_PICTURE v1"});
  });
}

TEST_CASE("C28: a reviewer may read over a machine's captions too") {
  Desk desk;
  desk.set_package(0);
  desk.write([](storage::Connection& db) { db.run("UPDATE tracks SET origin = 'machine'"); });
  using courses::PackFor;
  CHECK_FALSE(has(desk.missing(PackFor::submission), "teaching.missing.captions_review"));
  CHECK(has(desk.missing(PackFor::publication), "teaching.missing.captions_review"));
  desk.in_review();
  const auto confirm = [&](const std::string& track) {
    return desk.attempt([&](storage::Connection& db) {
      return confirm_captions(db, desk.reviewer, desk.version, TrackId{track}, desk.clock.now());
    });
  };
  CHECK(confirm("none").error().code == ErrorCode::not_found);
  REQUIRE(confirm("CAPTION"));
  CHECK_FALSE(has(desk.missing(PackFor::publication), "teaching.missing.captions_review"));
  CHECK(confirm("CAPTION").error().code == ErrorCode::conflict);
}

}  // namespace tongxing::services
