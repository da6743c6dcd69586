// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/jobs/job_runner.hpp"
#include "server/storage/asset_store.hpp"
#include "server/storage/job_store.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_random.hpp"
#include "tests/support/temp_database.hpp"
#include "tests/unit/jobs/fake_launcher.hpp"

#include <filesystem>
#include <fstream>
#include <mutex>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace tongxing::tests {

inline const AssetId kAsset{"asset1"};
inline const JobId kJob{"job1"};

/// A package of one video and one audio rendition, with files of the right sizes.
inline void make_package(const media::model::JobSpec& spec) {
  using namespace std::chrono_literals;
  media::model::Package package;
  package.duration = 12'000ms;
  package.segment_duration = 6'000ms;
  package.renditions = {{"v360",
                         media::model::MediaKind::video,
                         "avc1.4D401E",
                         "",
                         640,
                         360,
                         30,
                         0,
                         0,
                         10,
                         {{6'000'000, 20}, {6'000'000, 30}}},
                        {"a-cmn",
                         media::model::MediaKind::audio,
                         "mp4a.40.2",
                         "cmn",
                         0,
                         0,
                         0,
                         2,
                         48'000,
                         10,
                         {{12'000'000, 40}}}};
  const std::filesystem::path out = spec.output;
  for (const auto& rendition : package.renditions) {
    std::filesystem::create_directories(out / rendition.name);
    std::ofstream(out / rendition.name / "init.mp4")
        << std::string(static_cast<std::size_t>(rendition.init_bytes), 'i');
    for (std::size_t i = 0; i < rendition.segments.size(); ++i) {
      std::ofstream(out / rendition.name / ("s" + std::to_string(i) + ".m4s"))
          << std::string(static_cast<std::size_t>(rendition.segments[i].bytes), 's');
    }
  }
  std::ofstream(out / "package.json") << media::to_json(package);
}

inline Script good_script() {
  return {{R"({"event":"probed","duration_ms":12000,"has_video":true,"has_audio":true})",
           R"({"event":"planned","renditions":["v360","a-cmn"]})",
           R"({"event":"progress","rendition":"v360","permille":400,"eta_ms":3000})",
           R"({"event":"output","rendition":"v360"})", R"({"event":"output","rendition":"a-cmn"})",
           R"({"event":"done"})"},
          {false, 0},
          make_package};
}

struct JobsFixture {
  TempDatabase database;
  storage::DataLayout layout{database.folder()};
  FakeLauncher launcher;
  FakeClock clock;
  FakeRandom random;
  jobs::JobRunnerOptions options;
  std::mutex mutex;
  std::vector<nlohmann::json> events;

  JobsFixture() {
    options.worker = "/bin/true";  // must be there; the fake launcher does not start it
    options.poll = Milliseconds{5};
    options.grace = Milliseconds{1};
    options.least_free = 0;
    for (const auto& folder : {layout.originals(), layout.media(), layout.temporary()}) {
      std::filesystem::create_directories(folder);
    }
    std::ofstream(layout.original(kAsset)) << "source";
    write([&](storage::Connection& c) {
      c.run(
          "INSERT INTO accounts (id, login, display_name, password_hash, status, created_at) "
          "VALUES ('teacher', 'teacher', 'T', 'x', 'ACTIVE', 0)");
      storage::AssetStore(c).create({kAsset, AccountId{"teacher"}, LessonId{"lesson1"}, "课.mp4", 6, "ab"},
                                    clock.now());
      storage::JobStore(c).enqueue({kJob, kAsset, "yue", "key"}, clock.now());
    });
  }

  template <typename F>
  void write(F&& job) {
    database->write([&](storage::Connection& c) {
      job(c);
      return storage::Verdict::commit;
    });
  }

  std::unique_ptr<jobs::JobRunner> runner() {
    auto publish = [this](const AssetId& id, const std::string& text) {
      const std::lock_guard lock(mutex);
      events.push_back(nlohmann::json::parse(text));
      events.back()["asset"] = id.str();
    };
    return std::make_unique<jobs::JobRunner>(
        jobs::JobSurroundings{*database, layout, launcher, clock, random, publish, complete, renew,
                              publish_description},
        options);
  }
  std::function<void(const AssetId&, const media::model::Package&, const std::filesystem::path&)> complete;
  std::function<void(storage::Connection&, const storage::Asset&, const media::model::Package&,
                     const std::filesystem::path&)>
      renew;
  std::function<void(const AssetId&, const std::string&)> publish_description;

  storage::Job job() {
    storage::Job found;
    database->read([&](storage::Connection& c) { found = storage::JobStore(c).get(kJob).value(); });
    return found;
  }
  storage::Asset asset() {
    storage::Asset found;
    database->read([&](storage::Connection& c) { found = storage::AssetStore(c).get(kAsset).value(); });
    return found;
  }
  std::vector<nlohmann::json> heard() {
    const std::lock_guard lock(mutex);
    return events;
  }

  /// Waits (10 s at most) until it is so.
  template <typename Condition>
  [[nodiscard]] static bool becomes(Condition condition) {
    for (int i = 0; i < 2'000; ++i) {
      if (condition()) return true;
      std::this_thread::sleep_for(Milliseconds{5});
    }
    return false;
  }
};

}  // namespace tongxing::tests
