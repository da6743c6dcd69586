// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/jobs/jobs_fixture.hpp"

#include <algorithm>

using namespace tongxing;
using namespace tongxing::tests;
using namespace std::chrono_literals;
using storage::AssetState;
using storage::JobState;
namespace fs = std::filesystem;

TEST_CASE("a job becomes a package in its place") {
  JobsFixture f;
  std::string language;
  Script script = good_script();
  script.make = [&language](const media::model::JobSpec& spec) {
    language = spec.audio_language;
    make_package(spec);
  };
  f.launcher.add(script);
  const auto runner = f.runner();
  runner->start();
  REQUIRE(JobsFixture::becomes([&] { return f.job().state == JobState::done; }));
  runner->stop();
  const storage::Asset asset = f.asset();
  CHECK(language == "yue");
  CHECK(asset.state == AssetState::ready);
  CHECK(asset.duration == 12s);
  CHECK(asset.has_video);
  CHECK(asset.has_audio);
  CHECK(media::read_package(asset.package)->renditions.size() == 2);
  const fs::path place = f.layout.package(kAsset, asset.version);
  for (const char* name : {"master.m3u8", "audio.m3u8", "manifest.mpd", "v360/index.m3u8", "v360/s1.m4s"}) {
    CAPTURE(name);
    CHECK(fs::is_regular_file(place / name));
  }
  CHECK(fs::is_empty(f.layout.temporary()));
  const auto events = f.heard();
  REQUIRE(events.size() == 7);
  CHECK(events.front()["event"] == "begun");
  CHECK(events[2]["state"] == "TRANSCODING");
  CHECK(events[3]["progress"]["permille"] == 200);
  CHECK(events[3]["progress"]["eta_ms"] == 3'000);
  CHECK(events.back()["event"] == "ready");
  CHECK(events.back()["duration_ms"] == 12'000);
  CHECK(events.back()["asset"] == "asset1");
  CHECK(nlohmann::json::parse(f.job().progress)["permille"] == 1'000);
}

TEST_CASE("the hook sees the package before the public does") {
  JobsFixture f;
  f.launcher.add(good_script());
  f.complete = [](const AssetId&, const media::model::Package& package, const fs::path& folder) {
    CHECK(package.duration == 12s);
    storage::replace_file(folder / "master.m3u8", "with captions");
  };
  const auto runner = f.runner();
  runner->start();
  REQUIRE(JobsFixture::becomes([&] { return f.job().state == JobState::done; }));
  const fs::path place = f.layout.package(kAsset, f.asset().version);
  CHECK(storage::read_small_file(place / "master.m3u8", 100) == "with captions");
}

TEST_CASE("bad input fails at once, in the worker's words") {
  JobsFixture f;
  f.launcher.add(
      {{R"({"event":"failed","key":"errors.media.no_media","args":{"name":"课.txt"}})"}, {false, 2}});
  const auto runner = f.runner();
  runner->start();
  REQUIRE(JobsFixture::becomes([&] { return f.job().state == JobState::failed; }));
  runner->stop();
  CHECK(f.asset().state == AssetState::failed);
  CHECK(f.asset().failure_key == "errors.media.no_media");
  CHECK(f.asset().failure_args == R"({"name":"课.txt"})");
  CHECK(f.heard().back()["args"]["name"] == "课.txt");
  CHECK(f.launcher.started == 1);
}

TEST_CASE("bad input without a reason still has words") {
  JobsFixture f;
  f.launcher.add({{}, {false, 2}});
  const auto runner = f.runner();
  runner->start();
  REQUIRE(JobsFixture::becomes([&] { return f.job().state == JobState::failed; }));
  CHECK(f.asset().failure_key == "errors.jobs.unreadable");
}

TEST_CASE("a crash is tried again three times, later each time, and then told in plain words") {
  JobsFixture f;
  f.options.lease = 10h;
  for (int i = 0; i < 5; ++i) f.launcher.add({{}, {true, 11}});
  const auto runner = f.runner();
  runner->start();
  const auto waits = [&](int started) {
    return JobsFixture::becomes(
        [&] { return f.launcher.started == started && f.job().state == JobState::queued; });
  };
  const Milliseconds pauses[] = {1min, 5min, 30min};
  for (int attempt = 1; attempt <= 3; ++attempt) {
    CAPTURE(attempt);
    REQUIRE(waits(attempt));
    const Milliseconds pause = pauses[attempt - 1];
    CHECK(f.job().not_before >= f.clock.now() + pause);
    CHECK(f.job().not_before <= f.clock.now() + pause * 11 / 10);
    CHECK(f.asset().state == AssetState::uploaded);
    CHECK(JobsFixture::becomes([&] { return f.heard().back()["event"] == "waiting"; }));
    f.clock.advance(pause - 1s);
    std::this_thread::sleep_for(30ms);
    CHECK(f.launcher.started == attempt);
    f.clock.advance(pause / 10 + 2s);
  }
  REQUIRE(JobsFixture::becomes([&] { return f.job().state == JobState::failed; }));
  runner->stop();
  CHECK(f.launcher.started == 4);
  CHECK(f.asset().failure_key == "errors.jobs.gave_up");
  CHECK(f.job().failure == "signal 11");
}

TEST_CASE("a worker that lies is not believed") {
  JobsFixture f;
  Script script = good_script();
  std::string reason;
  SECTION("done, but a segment is shorter than it says") {
    script.make = [](const media::model::JobSpec& spec) {
      make_package(spec);
      fs::resize_file(fs::path(spec.output) / "v360/s1.m4s", 3);
    };
    reason = "v360/s1.m4s: 3 bytes instead of 30";
  }
  SECTION("done, but a segment is a link to somebody else's file") {
    script.make = [](const media::model::JobSpec& spec) {
      make_package(spec);
      fs::remove(fs::path(spec.output) / "v360/s1.m4s");
      fs::create_symlink("/etc/hostname", fs::path(spec.output) / "v360/s1.m4s");
    };
    reason = "not a regular file";
  }
  SECTION("an extra link in the folder") {
    script.make = [](const media::model::JobSpec& spec) {
      make_package(spec);
      fs::create_symlink("/etc", fs::path(spec.output) / "v720");
    };
    reason = "neither a file nor a folder";
  }
  SECTION("exit code 0 without having said done") {
    script.lines.pop_back();
    reason = "exit code 0";
  }
  SECTION("a line that is no event") {
    script.lines.insert(script.lines.begin(), "Segmentation fault");
    reason = "no event";
  }
  SECTION("a line without end") {
    script.lines.insert(script.lines.begin(), std::string(70'000, 'x'));
    reason = "over the limit";
  }
  f.launcher.add(script);
  const auto runner = f.runner();
  runner->start();
  REQUIRE(JobsFixture::becomes([&] { return !f.job().failure.empty(); }));
  runner->stop();
  CHECK_THAT(f.job().failure, Catch::Matchers::Contains(reason));
  CHECK(f.job().state == JobState::queued);
  CHECK_FALSE(fs::exists(f.layout.media(kAsset)));
  CHECK(fs::is_empty(f.layout.temporary()));
}

TEST_CASE("a package that does not pass its check is never published, and is made anew") {
  JobsFixture f;
  f.launcher.add(good_script());
  f.launcher.verdict = {{R"({"event":"failed","key":"errors.media.unverified","args":{"rendition":"v360"}})"},
                        {false, 3}};
  const auto runner = f.runner();
  runner->start();
  REQUIRE(JobsFixture::becomes([&] { return !f.job().failure.empty(); }));
  runner->stop();
  CHECK(f.launcher.verified == 1);
  CHECK(f.job().state == JobState::queued);
  CHECK_THAT(f.job().failure, Catch::Matchers::Contains("errors.media.unverified"));
  CHECK_FALSE(fs::exists(f.layout.media(kAsset)));
}

TEST_CASE("a worker that hangs is ended") {
  JobsFixture f;
  f.options.lease = 10h;
  Script script{{R"({"event":"planned","renditions":["v360"]})"}, {true, 9}};
  script.endless = true;
  script.stubborn = true;
  f.launcher.add(script);
  const auto runner = f.runner();
  runner->start();
  REQUIRE(JobsFixture::becomes([&] { return f.asset().state == AssetState::transcoding; }));
  f.clock.advance(f.options.silence + 1s);
  REQUIRE(JobsFixture::becomes([&] { return f.job().state == JobState::queued; }));
  CHECK(f.job().failure == "no sign of life");
  CHECK(f.launcher.terminated == 1);
  CHECK(f.launcher.killed == 1);
}

TEST_CASE("a stop gives the job back without an attempt, and the next start does it") {
  JobsFixture f;
  Script script = good_script();
  script.lines.resize(3);
  script.endless = true;
  f.launcher.add(script);
  f.launcher.add(good_script());
  {
    const auto runner = f.runner();
    runner->start();
    REQUIRE(JobsFixture::becomes([&] { return f.asset().state == AssetState::transcoding; }));
    CHECK(runner->facts().running == 1);
    runner->stop();
    runner->stop();
  }
  CHECK(f.launcher.terminated == 1);
  CHECK(f.job().state == JobState::queued);
  CHECK(f.job().attempt == 0);
  CHECK(f.asset().state == AssetState::uploaded);
  CHECK(fs::is_empty(f.layout.temporary()));
  const auto runner = f.runner();
  runner->start();
  REQUIRE(JobsFixture::becomes([&] { return f.asset().state == AssetState::ready; }));
  REQUIRE(JobsFixture::becomes([&] { return runner->facts().finished == 1; }));
}

TEST_CASE("after a server that was killed the job begins anew and leaves no orphan") {
  JobsFixture f;
  f.write([&](storage::Connection& c) {
    CHECK(storage::JobStore(c).claim(f.clock.now(), 60s));
    storage::AssetStore(c).set_state(kAsset, AssetState::transcoding);
  });
  fs::create_directories(f.layout.package(kAsset, "renamed-but-not-committed"));
  f.launcher.add(good_script());
  const auto runner = f.runner();
  runner->start();
  REQUIRE(JobsFixture::becomes([&] { return f.asset().state == AssetState::ready; }));
  CHECK(f.job().attempt == 1);
  CHECK(std::distance(fs::directory_iterator(f.layout.media(kAsset)), fs::directory_iterator{}) == 1);
}

TEST_CASE("a job that is cancelled stops its worker and publishes nothing") {
  JobsFixture f;
  f.options.lease = 10h;
  Script script = good_script();
  script.endless = true;
  f.launcher.add(script);
  const auto runner = f.runner();
  runner->start();
  REQUIRE(JobsFixture::becomes([&] { return f.asset().state == AssetState::transcoding; }));
  f.write([&](storage::Connection& c) { CHECK(storage::JobStore(c).cancel(kJob, f.clock.now())); });
  f.clock.advance(f.options.beat);
  REQUIRE(JobsFixture::becomes([&] { return f.launcher.terminated == 1; }));
  runner->stop();
  CHECK(f.job().state == JobState::cancelled);
  CHECK_FALSE(fs::exists(f.layout.media(kAsset)));
}

TEST_CASE("no job is begun without room or without the worker") {
  JobsFixture f;
  f.launcher.add(good_script());
  SECTION("room") {
    f.options.least_free = UINT64_MAX;
    const auto runner = f.runner();
    runner->start();
    REQUIRE(JobsFixture::becomes([&] { return runner->facts().paused_for_space; }));
    CHECK(runner->facts().queued == 1);
  }
  SECTION("worker") {
    f.options.worker = f.database.folder() / "none";
    const auto runner = f.runner();
    runner->start();
    REQUIRE(JobsFixture::becomes([&] { return runner->facts().worker_missing; }));
  }
  CHECK(f.launcher.started == 0);
  CHECK(f.job().attempt == 0);
}

TEST_CASE("what a stopped worker finished is there for the next attempt, and goes with the job") {
  JobsFixture f;
  Script script = good_script();
  script.lines.resize(3);
  script.endless = true;
  f.launcher.add(script);
  f.launcher.add(good_script());
  {
    const auto runner = f.runner();
    runner->start();
    REQUIRE(JobsFixture::becomes([&] { return f.asset().state == AssetState::transcoding; }));
    for (const auto& job : fs::directory_iterator(f.layout.temporary())) {
      fs::create_directories(job.path() / "out" / "resume");
      storage::replace_file(job.path() / "out" / "resume" / "key", "of the worker's");
      storage::replace_file(job.path() / "out" / "resume" / "v360.log", "6000000 900 100\n");
    }
    runner->stop();
  }
  REQUIRE_FALSE(fs::is_empty(f.layout.temporary()));
  const fs::path kept = fs::directory_iterator(f.layout.temporary())->path();
  CHECK(storage::has_finished_work(kept));
  const auto runner = f.runner();
  runner->start();
  REQUIRE(JobsFixture::becomes([&] { return f.asset().state == AssetState::ready; }));
  REQUIRE(JobsFixture::becomes([&] { return fs::is_empty(f.layout.temporary()); }));
  // The same folder went through the second attempt.
  CHECK(fs::exists(f.layout.package(kAsset, f.asset().version) / "resume" / "v360.log"));
}
