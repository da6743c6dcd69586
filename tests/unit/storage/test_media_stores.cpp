// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/asset_store.hpp"
#include "server/storage/job_store.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_database.hpp"

#include <string>

using namespace tongxing;
using namespace tongxing::storage;
using namespace std::chrono_literals;

namespace {

const Timestamp kNow = from_ms(1'772'409'600'000);
const AssetId kAsset{"asset1"};

struct Fixture {
  tests::TempDatabase database;

  Fixture() {
    write([](Connection& c) {
      c.run(
          "INSERT INTO accounts (id, login, display_name, password_hash, status, created_at) "
          "VALUES ('teacher', 'teacher', 'T', 'x', 'ACTIVE', 0)");
      AssetStore(c).create({kAsset, AccountId{"teacher"}, LessonId{"lesson1"}, "课.mp4", 12, "ab"}, kNow);
    });
  }

  template <typename F>
  void write(F&& job) {
    database->write([&](Connection& c) {
      job(c);
      return Verdict::commit;
    });
  }
};

NewPackageJob job(const std::string& name) {
  return {JobId{name}, kAsset, "cmn", "key-" + name};
}

}  // namespace

TEST_CASE("an asset goes from uploaded to ready") {
  Fixture f;
  f.write([](Connection& c) {
    AssetStore assets(c);
    CHECK(assets.get(AssetId{"none"}) == std::nullopt);
    CHECK(assets.get(kAsset)->state == AssetState::uploaded);
    assets.set_failed(kAsset, AssetState::failed, "errors.media.no_media", R"({"name":"x"})");
    CHECK(assets.get(kAsset)->failure_key == "errors.media.no_media");
    assets.set_ready(kAsset, {"v1", "{}", 90s, true, false}, kNow + 1s);
    const Asset asset = assets.get(kAsset).value();
    CHECK(asset.state == AssetState::ready);
    CHECK(asset.duration == 90s);
    CHECK(asset.has_video);
    CHECK_FALSE(asset.has_audio);
    CHECK(asset.failure_key.empty());
    CHECK(asset.ready_at == kNow + 1s);
    CHECK(asset.file_name == "课.mp4");
    CHECK(assets.ready().size() == 1);
    CHECK(assets.of_lesson(LessonId{"lesson1"}).size() == 1);
  });
}

TEST_CASE("the same work is queued once") {
  Fixture f;
  f.write([](Connection& c) {
    JobStore jobs(c);
    CHECK(jobs.enqueue(job("a"), kNow));
    NewPackageJob again = job("b");
    again.idempotency_key = "key-a";
    CHECK_FALSE(jobs.enqueue(again, kNow));
    CHECK(jobs.counts().queued == 1);
  });
}

TEST_CASE("claims are in order, one holder each, and wait for their time") {
  Fixture f;
  f.write([](Connection& c) {
    JobStore jobs(c);
    jobs.enqueue(job("late"), kNow + 1s);
    jobs.enqueue(job("early"), kNow);
    const auto first = jobs.claim(kNow, 60s);
    REQUIRE(first);
    CHECK(first->id == JobId{"early"});
    CHECK(first->attempt == 1);
    CHECK(first->spec == R"({"audio_language":"cmn"})");
    CHECK(jobs.claim(kNow, 60s)->id == JobId{"late"});
    CHECK_FALSE(jobs.is_any_due(kNow + 1h));
    CHECK_FALSE(jobs.claim(kNow + 1h, 60s));
    CHECK(jobs.retry(first->id, first->fence, "crash", kNow + 5min));
    CHECK_FALSE(jobs.claim(kNow + 4min, 60s));
    const auto second = jobs.claim(kNow + 5min, 60s);
    REQUIRE(second);
    CHECK(second->attempt == 2);
    CHECK(second->failure == "crash");
  });
}

TEST_CASE("a late worker's result is refused by the fence") {
  Fixture f;
  f.write([](Connection& c) {
    JobStore jobs(c);
    jobs.enqueue(job("a"), kNow);
    const Job first = jobs.claim(kNow, 60s).value();
    CHECK(jobs.expire(kNow + 60s) == 0);
    CHECK(jobs.renew(first.id, first.fence, kNow + 120s));
    CHECK(jobs.expire(kNow + 61s) == 0);
    CHECK(jobs.expire(kNow + 121s) == 1);
    const Job second = jobs.claim(kNow + 121s, 60s).value();
    CHECK(second.attempt == 2);
    CHECK_FALSE(jobs.renew(first.id, first.fence, kNow + 1h));
    CHECK_FALSE(jobs.set_progress(first.id, first.fence, "{}"));
    CHECK_FALSE(jobs.finish(first.id, first.fence, kNow));
    CHECK_FALSE(jobs.fail(first.id, first.fence, "x", kNow));
    CHECK_FALSE(jobs.retry(first.id, first.fence, "x", kNow));
    CHECK_FALSE(jobs.put_back(first.id, first.fence));
    CHECK(jobs.finish(second.id, second.fence, kNow));
    CHECK_FALSE(jobs.finish(second.id, second.fence, kNow));
    CHECK(jobs.get(first.id)->state == JobState::done);
  });
}

TEST_CASE("at start nobody holds a lease and no attempt is lost by that") {
  Fixture f;
  f.write([](Connection& c) {
    JobStore jobs(c);
    jobs.enqueue(job("a"), kNow);
    const Job first = jobs.claim(kNow, 60s).value();
    AssetStore(c).set_state(kAsset, AssetState::transcoding);
    CHECK(jobs.release_all() == 1);
    CHECK(AssetStore(c).get(kAsset)->state == AssetState::uploaded);
    const Job second = jobs.claim(kNow, 60s).value();
    CHECK(second.attempt == 1);
    CHECK(second.fence == first.fence + 1);
  });
}

TEST_CASE("a cancelled job is not run and cannot be finished") {
  Fixture f;
  f.write([](Connection& c) {
    JobStore jobs(c);
    jobs.enqueue(job("a"), kNow);
    const Job running = jobs.claim(kNow, 60s).value();
    CHECK(jobs.cancel(running.id, kNow));
    CHECK_FALSE(jobs.cancel(running.id, kNow));
    CHECK_FALSE(jobs.finish(running.id, running.fence, kNow));
    CHECK_FALSE(jobs.claim(kNow, 60s));
    CHECK(jobs.of_asset(kAsset)->state == JobState::cancelled);
  });
}
