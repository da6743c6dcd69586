// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/descriptions.hpp"

#include "media/package_json/package_json.hpp"
#include "server/services/submission.hpp"
#include "server/storage/asset_store.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/services/teaching_fixture.hpp"

#include <fstream>

namespace tongxing::services {
namespace {

using Stage = AdditionState::Stage;
namespace fs = std::filesystem;

const std::string kScript = "WEBVTT\n\n00:01.000 --> 00:02.000\n草地\n\n00:05.000 --> 00:06.000\n兔子\n";

struct Desk : tests::TeachingFixture {
  Desk() {
    write([&](storage::Connection& db) {
      storage::AssetStore(db).create({asset, author.account, lesson, "v.mp4", 8, "sha"}, clock.now());
      storage::LessonStore(db).attach(version, lesson, asset);
    });
  }

  /// The package is ready, with a described sound as a job would leave it.
  void finish_package() {
    media::model::Package package;
    package.duration = Milliseconds{60'000};
    package.segment_duration = Milliseconds{6000};
    media::model::Rendition sound{
        "a-cmn", media::model::MediaKind::audio, "mp4a.40.2", "cmn", 0, 0, 0, 1, 48000, 700, {}};
    for (int i = 0; i < 10; ++i) sound.segments.push_back({6'000'000, 60'000});
    media::model::Rendition described = sound;
    described.name = "a-cmn-ad";
    described.role = media::model::AudioRole::description;
    package.renditions = {sound, described};
    package.extended = media::model::Extended{"a-cmn-ad", {}};
    fs::create_directories(layout.package(asset, "1"));
    std::ofstream(layout.package(asset, "1") / "described-extended.m3u8") << "#EXTM3U\n";
    write([&](storage::Connection& db) {
      storage::AssetStore(db).set_ready(asset, {"1", media::to_json(package), package.duration, false, true},
                                        clock.now());
    });
  }

  std::expected<void, CaptionRefusal> put(const std::string& text, const auth::Viewer& who) {
    return attempt([&](storage::Connection& db) {
      return descriptions.put(db, who, lesson, text, clock.now(), random);
    });
  }
  DescriptionState state() {
    return ask([&](storage::Connection& db) { return description_state(db, asset); });
  }
  std::optional<storage::Job> claim() {
    std::optional<storage::Job> job;
    write([&](storage::Connection& db) {
      job = storage::JobStore(db).claim(clock.now(), Milliseconds{60'000});
    });
    return job;
  }

  storage::DataLayout layout{database.folder()};
  Descriptions descriptions{layout};
  AssetId asset{"a1"};
};

}  // namespace

TEST_CASE_METHOD(Desk, "a description script may come first, and its job waits for the package") {
  CHECK(state().made.stage == Stage::none);
  REQUIRE(put(kScript, author));
  CHECK(state().made.stage == Stage::waiting);
  CHECK(state().script->cue_count == 2);
  CHECK_FALSE(claim());
  finish_package();
  const auto job = claim();
  REQUIRE(job);
  CHECK(job->kind == storage::JobKind::describe);
  CHECK(state().made.stage == Stage::working);
}

TEST_CASE_METHOD(Desk, "a new script ends the job of the old one") {
  finish_package();
  REQUIRE(put(kScript, author));
  const auto first = claim();
  REQUIRE(first);
  REQUIRE(put(kScript + "\n00:08.000 --> 00:09.000\n胡萝卜\n", author));
  bool finished = true;
  write([&](storage::Connection& db) {
    finished = storage::JobStore(db).finish(first->id, first->fence, clock.now());
  });
  CHECK_FALSE(finished);
  const auto second = claim();
  REQUIRE(second);
  CHECK(second->id != first->id);
  CHECK(state().script->cue_count == 3);
}

TEST_CASE_METHOD(Desk, "what is no script is refused, and the old one stays") {
  finish_package();
  REQUIRE(put(kScript, author));
  CHECK(put("", author).error().error.message == "errors.captions.empty");
  CHECK(put("WEBVTT\n\n01:30.000 --> 01:31.000\n太晚\n", author).error().error.message ==
        "errors.description.behind_end");
  CHECK_FALSE(put(kScript, stranger));
  CHECK(state().script->cue_count == 2);
}

TEST_CASE_METHOD(Desk, "removing a script takes the described sound out of the package") {
  finish_package();
  REQUIRE(put(kScript, author));
  REQUIRE(attempt(
      [&](storage::Connection& db) { return descriptions.remove(db, author, lesson, clock.now(), random); }));
  CHECK(state().made.stage == Stage::none);
  CHECK_FALSE(claim());
  const auto package = media::read_package(
      ask([&](storage::Connection& db) { return storage::AssetStore(db).get(asset)->package; }));
  REQUIRE(package);
  REQUIRE(package->renditions.size() == 1);
  CHECK(package->renditions[0].name == "a-cmn");
  CHECK(fs::exists(layout.package(asset, "1") / "audio.m3u8"));
  CHECK_FALSE(package->extended);
  CHECK_FALSE(fs::exists(layout.package(asset, "1") / "described-extended.m3u8"));
}

TEST_CASE_METHOD(Desk, "a course is not submitted while a description is being made") {
  finish_package();
  REQUIRE(put(kScript, author));
  const auto submitted =
      attempt([&](storage::Connection& db) { return submit_course(db, author, course, clock.now()); });
  REQUIRE_FALSE(submitted);
  CHECK(submitted.error().message == "errors.teaching.in_work");
}

}  // namespace tongxing::services
