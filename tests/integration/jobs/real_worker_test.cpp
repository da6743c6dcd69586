// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/package_json/package_json.hpp"
#include "server/jobs/job_runner.hpp"
#include "server/storage/asset_store.hpp"
#include "server/storage/data_folder.hpp"
#include "server/storage/doctor.hpp"
#include "server/storage/job_store.hpp"
#include "server/storage/side_file_store.hpp"
#include "server/storage/track_store.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_database.hpp"

#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <numbers>
#include <string>
#include <thread>
#include <vector>

using namespace tongxing;
using namespace tongxing::storage;
namespace fs = std::filesystem;

namespace {

const AssetId kAsset{"asset1"};
const JobId kJob{"job1"};

/// A 16-bit mono WAV of a 440 Hz tone: real media that needs no file of anybody's.
fs::path make_tone(const fs::path& file, unsigned seconds) {
  constexpr unsigned kRate = 48'000;
  const unsigned bytes = seconds * kRate * 2;
  std::string wav;
  const auto number = [&wav](unsigned value, int size) {
    for (int i = 0; i < size; ++i) wav.push_back(static_cast<char>((value >> (8 * i)) & 0xffU));
  };
  wav += "RIFF";
  number(36 + bytes, 4);
  wav += "WAVEfmt ";
  number(16, 4);
  number(1, 2);  // PCM
  number(1, 2);  // mono
  number(kRate, 4);
  number(kRate * 2, 4);
  number(2, 2);
  number(16, 2);
  wav += "data";
  number(bytes, 4);
  for (unsigned i = 0; i < seconds * kRate; ++i) {
    const double level = 8'000 * std::sin(2 * std::numbers::pi * 440 * i / kRate);
    number(static_cast<unsigned>(static_cast<int>(level)), 2);
  }
  std::ofstream(file, std::ios::binary) << wav;
  return file;
}

fs::path samples() {
  const char* given = std::getenv("TONGXING_SAMPLES");
  return given != nullptr ? fs::path(given) : fs::path(TONGXING_SOURCE_DIR) / "../shared/samples";
}

/// Remembers the processes that were started, so that a test can do them harm.
class WatchedLauncher final : public jobs::ProcessLauncher {
 public:
  std::unique_ptr<jobs::WorkerProcess> start(const jobs::Launch& launch) override {
    ++started;
    return launcher_.start(launch);
  }
  std::atomic<int> started = 0;

 private:
  jobs::PosixLauncher launcher_;
};

struct Platform {
  tests::TempFolder folder;
  DataFolder data{folder.path() / "data"};
  std::unique_ptr<Database> database = Database::open(data.layout().database());
  WatchedLauncher launcher;
  SystemClock clock;
  SystemRandom random;
  jobs::JobRunnerOptions options;
  std::mutex mutex;
  std::vector<std::string> events;

  explicit Platform(const fs::path& source) {
    options.worker = fs::path(TONGXING_BINARY_DIR) / "tongxing-worker";
    options.poll = Milliseconds{20};
    options.least_free = 64 << 20;
    fs::copy_file(source, data.layout().original(kAsset));
    const auto bytes = static_cast<std::int64_t>(fs::file_size(source));
    database->write([&](Connection& c) {
      c.run(
          "INSERT INTO accounts (id, login, display_name, password_hash, status, created_at) "
          "VALUES ('teacher', 'teacher', 'T', 'x', 'ACTIVE', 0)");
      AssetStore(c).create({kAsset, AccountId{"teacher"}, LessonId{"l"}, "a", bytes, "ab"}, clock.now());
      JobStore(c).enqueue({kJob, kAsset, "en", "key"}, clock.now());
      return Verdict::commit;
    });
  }

  std::unique_ptr<jobs::JobRunner> runner() {
    auto publish = [this](const AssetId&, const std::string& event) {
      const std::lock_guard lock(mutex);
      events.push_back(event);
    };
    return std::make_unique<jobs::JobRunner>(
        jobs::JobSurroundings{*database, data.layout(), launcher, clock, random, publish, {}}, options);
  }
  Asset asset() {
    Asset found;
    database->read([&](Connection& c) { found = AssetStore(c).get(kAsset).value(); });
    return found;
  }
  Job job() {
    Job found;
    database->read([&](Connection& c) { found = JobStore(c).get(kJob).value(); });
    return found;
  }
  Job job(const JobId& id) {
    Job found;
    database->read([&](Connection& c) { found = JobStore(c).get(id).value(); });
    return found;
  }
  /// A file beside the lesson's, and the job that joins what is made of it.
  void add(SideKind kind, const fs::path& source, Milliseconds offset, const JobId& id) {
    const AssetId file{"file-" + id.str()};
    fs::copy_file(source, data.layout().original(file));
    const auto bytes = static_cast<std::int64_t>(fs::file_size(source));
    database->write([&](Connection& c) {
      SideFileStore(c).insert(
          {file, kAsset, kind, AccountId{"teacher"}, "f", bytes, "ab", offset, clock.now()});
      JobStore(c).enqueue(kind == SideKind::sign ? JobKind::sign : JobKind::describe, id, kAsset,
                          clock.now());
      return Verdict::commit;
    });
  }
  bool ends(const JobId& id) {
    return becomes([&] { return job(id).state == JobState::done || job(id).state == JobState::failed; });
  }
  media::model::Package package() { return media::read_package(asset().package).value(); }
  template <typename Condition>
  static bool becomes(Condition condition) {
    for (int i = 0; i < 12'000; ++i) {
      if (condition()) return true;
      std::this_thread::sleep_for(Milliseconds{10});
    }
    return false;
  }
};

}  // namespace

namespace {

void check_becomes_package(Platform& p) {
  const auto runner = p.runner();
  runner->start();
  REQUIRE(Platform::becomes(
      [&] { return p.job().state != JobState::queued && p.job().state != JobState::running; }));
  runner->stop();
  INFO(p.job().failure << " " << p.asset().failure_key);
  const Asset asset = p.asset();
  REQUIRE(asset.state == AssetState::ready);
  const fs::path place = p.data.layout().package(kAsset, asset.version);
  CHECK(fs::exists(place / (asset.has_video ? "master.m3u8" : "audio.m3u8")));
  CHECK(fs::exists(place / "manifest.mpd"));
  for (const Finding& finding : examine(p.data.layout(), {0, 0, 200})) {
    CAPTURE(finding.key);
    CHECK(finding.key == std::string("doctor.in_use"));
  }
}

}  // namespace

TEST_CASE("a recording becomes a package that the doctor finds whole") {
  tests::TempFolder folder;
  Platform p(make_tone(folder.path() / "tone.wav", 5));
  check_becomes_package(p);
  CHECK_FALSE(p.asset().has_video);
  CHECK(p.asset().has_audio);
  CHECK(std::chrono::abs(p.asset().duration - std::chrono::seconds(5)) < Milliseconds{100});
}

TEST_CASE("a real video becomes a package that the doctor finds whole") {
  if (!fs::exists(samples())) {
    WARN("no samples at " << samples() << ": set TONGXING_SAMPLES");
    return;
  }
  Platform p(samples() / "asl-thanks.mkv");
  check_becomes_package(p);
  CHECK(p.asset().has_video);
  CHECK(p.asset().duration > Milliseconds{500});
}

TEST_CASE("a file that is no media fails in words, at the first attempt") {
  tests::TempFolder folder;
  const fs::path file = folder.path() / "lies.mp4";
  std::ofstream(file) << "#EXTM3U\nfile:///etc/passwd\n";
  Platform p(file);
  const auto runner = p.runner();
  runner->start();
  REQUIRE(Platform::becomes([&] { return p.asset().state == AssetState::failed; }));
  CHECK(p.launcher.started == 1);
  CHECK(p.asset().failure_key.starts_with("errors.media."));
}

TEST_CASE("a stop in the middle ends the worker, and the next start finishes the job") {
  tests::TempFolder folder;
  Platform p(make_tone(folder.path() / "tone.wav", 120));
  {
    const auto runner = p.runner();
    runner->start();
    REQUIRE(Platform::becomes([&] {
      const std::lock_guard lock(p.mutex);
      return p.events.size() >= 2;
    }));
    const auto began = std::chrono::steady_clock::now();
    runner->stop();
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(8));
  }
  if (p.asset().state != AssetState::ready) {  // it may have been quicker than the stop
    CHECK(p.job().state == JobState::queued);
    CHECK(p.job().attempt == 0);
    for (const auto& kept : fs::directory_iterator(p.data.layout().temporary())) {
      CHECK(storage::has_finished_work(kept.path()));  // what the next attempt goes on from, nothing else
    }
  }
  const auto runner = p.runner();
  runner->start();
  REQUIRE(Platform::becomes([&] { return p.asset().state == AssetState::ready; }));
  CHECK(p.job().attempt == 1);
  CHECK(Platform::becomes([&] { return fs::is_empty(p.data.layout().temporary()); }));
}

TEST_CASE("a real signer's video joins a lesson that plays, also after a stop in the middle") {
  const fs::path film = samples() / "asl-thanks.mkv";
  if (!fs::exists(film)) {
    WARN("no samples at " << samples() << ": set TONGXING_SAMPLES");
    return;
  }
  Platform p(film);
  {
    const auto runner = p.runner();
    runner->start();
    REQUIRE(Platform::becomes([&] { return p.asset().state == AssetState::ready; }));
  }
  const std::string first = p.asset().version;
  const JobId sign{"sign1"};
  p.add(SideKind::sign, film, Milliseconds{-200}, sign);
  {
    const auto runner = p.runner();
    const int before = p.launcher.started;
    runner->start();
    REQUIRE(Platform::becomes([&] { return p.launcher.started > before; }));
    runner->stop();
  }
  CHECK(p.asset().state == AssetState::ready);
  const auto runner = p.runner();
  runner->start();
  REQUIRE(p.ends(sign));
  runner->stop();
  INFO(p.job(sign).failure << " " << p.job(sign).progress);
  REQUIRE(p.job(sign).state == JobState::done);
  CHECK(p.asset().version != first);
  const auto package = p.package();
  REQUIRE_FALSE(package.sign.empty());
  CHECK(package.sign.front().language == "csl");
  REQUIRE(package.signed_picture);
  REQUIRE(package.facts);
  REQUIRE(package.facts->signer);
  CHECK(package.facts->signer->width > 0);
  // 0.2 s of the signer lie before the lesson.
  const auto shorter = package.duration - package.facts->signer->length;
  CHECK(shorter > Milliseconds{100});
  CHECK(shorter < Milliseconds{300});
  const fs::path place = p.data.layout().package(kAsset, p.asset().version);
  for (const char* name : {"sign.m3u8", "sign.mpd", "signed.m3u8", "master.m3u8"}) {
    CAPTURE(name);
    CHECK(fs::exists(place / name));
  }
  CHECK_FALSE(fs::exists(p.data.layout().package(kAsset, first) / "sign.m3u8"));
  for (const Finding& finding : examine(p.data.layout(), {0, 0, 200})) {
    CAPTURE(finding.key);
    const bool expected =
        finding.key == std::string("doctor.in_use") || finding.key == std::string("doctor.extra");
    CHECK(expected);  // the version before stays for those who play it
  }
}

TEST_CASE("a real recording becomes the described sound of a lesson that plays") {
  tests::TempFolder folder;
  Platform p(make_tone(folder.path() / "tone.wav", 5));
  p.add(SideKind::description, make_tone(folder.path() / "described.wav", 3), Milliseconds{0}, JobId{"d1"});
  const auto runner = p.runner();
  runner->start();
  REQUIRE(p.ends(JobId{"d1"}));
  runner->stop();
  INFO(p.job(JobId{"d1"}).failure << " " << p.job(JobId{"d1"}).progress);
  REQUIRE(p.job(JobId{"d1"}).state == JobState::done);
  const auto package = p.package();
  REQUIRE(package.renditions.size() == 2);
  CHECK(package.renditions[1].role == media::model::AudioRole::description);
  CHECK(package.renditions[1].segments.size() == package.renditions[0].segments.size());
  CHECK(p.job(JobId{"d1"}).progress.find("errors.media.audio_length") != std::string::npos);
}

TEST_CASE("with a recording a script is text, and the recording is heard") {
  tests::TempFolder folder;
  Platform p(make_tone(folder.path() / "tone.wav", 12));
  p.database->write([&](Connection& c) {
    TrackStore(c).put({TrackId{"t1"}, kAsset, "AUDIO_DESCRIPTION", "cmn", "",
                       "WEBVTT\n\n00:02.000 --> 00:04.000\n手在揉面。\n", 1, AccountId{"teacher"},
                       p.clock.now()});
    return Verdict::commit;
  });
  p.add(SideKind::description, make_tone(folder.path() / "described.wav", 12), Milliseconds{0}, JobId{"d1"});
  const auto runner = p.runner();
  runner->start();
  REQUIRE(p.ends(JobId{"d1"}));
  runner->stop();
  INFO(p.job(JobId{"d1"}).failure << " " << p.job(JobId{"d1"}).progress);
  REQUIRE(p.job(JobId{"d1"}).state == JobState::done);
  const auto package = p.package();
  REQUIRE(package.renditions.size() == 2);
  CHECK(package.renditions[1].role == media::model::AudioRole::description);
  const auto list = storage::read_small_file(
      p.data.layout().package(kAsset, p.asset().version) / "ad" / "ad.json", 1 << 16);
  REQUIRE(list);
  CHECK(list->find("手在揉面。") != std::string::npos);
}

TEST_CASE("a sound is no signer, and the lesson plays on") {
  tests::TempFolder folder;
  Platform p(make_tone(folder.path() / "tone.wav", 5));
  p.add(SideKind::sign, make_tone(folder.path() / "signer.wav", 5), Milliseconds{0}, JobId{"s1"});
  const auto runner = p.runner();
  runner->start();
  REQUIRE(p.ends(JobId{"s1"}));
  CHECK(p.job(JobId{"s1"}).state == JobState::failed);
  CHECK(p.job(JobId{"s1"}).progress.find("errors.media.no_picture_in_sign") != std::string::npos);
  CHECK(p.asset().state == AssetState::ready);
}
