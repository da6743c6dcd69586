// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/package.hpp"
#include "server/base/clock.hpp"
#include "server/base/id.hpp"
#include "server/base/random.hpp"
#include "server/jobs/process.hpp"
#include "server/storage/asset_store.hpp"
#include "server/storage/data_folder.hpp"
#include "server/storage/database.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace tongxing::jobs {

struct JobRunnerOptions {
  std::filesystem::path worker;  ///< the program tongxing-worker
  std::size_t slots = 1;         ///< jobs at the same time
  int threads = 2;               ///< encoder threads of a job
  int retries = 3;               ///< of a job whose worker crashed or ran out of something
  Milliseconds lease{60'000};    ///< a claim without a beat is void after this
  Milliseconds beat{10'000};  ///< how often a running job renews its lease and notices that it was cancelled
  Milliseconds silence{300'000};          ///< a worker that says nothing for so long hangs
  Milliseconds poll{1'000};               ///< how often the queue is looked at when nobody calls wake()
  Milliseconds grace{5'000};              ///< between SIGTERM and SIGKILL
  std::uint64_t least_free = 2ULL << 30;  ///< bytes; no job is begun with less room than that
};

/// How the jobs are, for readiness and metrics; a second old at most.
struct JobFacts {
  std::int64_t queued = 0;
  std::int64_t running = 0;
  std::int64_t failed = 0;
  std::uint64_t finished = 0;  ///< since the start of the program
  std::uint64_t retried = 0;
  bool paused_for_space = false;
  bool worker_missing = false;  ///< the worker program is not where it should be: nothing is begun
};

/// What a job needs from around it. All outlive the runner.
struct JobSurroundings {
  storage::Database& database;
  const storage::DataLayout& layout;
  ProcessLauncher& launcher;
  const Clock& clock;
  Random& random;
  /// Told every event of an asset, as JSON (see progress.hpp); called from the runner's threads.
  std::function<void(const AssetId&, const std::string& event)> publish;
  /// May add to a finished package (text tracks, playlists with them) before it is put in its place; may be
  /// empty. A throw counts as a crash of the job.
  std::function<void(const AssetId&, const media::model::Package&, const std::filesystem::path& folder)>
      complete;
  /// Brings text tracks and playlists of a package that joins an asset for the second time up to date, in the
  /// transaction that makes it the asset's; may be empty. A throw counts as a crash of the job.
  std::function<void(storage::Connection&, const storage::Asset&, const media::model::Package&,
                     const std::filesystem::path& folder)>
      renew{};
  /// As `publish`, for the job that speaks an asset's description: the asset itself plays on meanwhile. May
  /// be empty.
  std::function<void(const AssetId&, const std::string& event)> publish_description{};
};

/// Takes queued jobs, one worker process each, and puts what they make in its place. Survives a worker that
/// crashes, hangs or lies, a full disk and its own restart: a job is either done, waiting, or failed with a
/// reason for people. Owner: the composition root; stopped before the database closes. start, wake, stop,
/// facts are thread-safe.
class JobRunner {
 public:
  JobRunner(JobSurroundings surroundings, JobRunnerOptions options);
  ~JobRunner();
  JobRunner(const JobRunner&) = delete;
  JobRunner& operator=(const JobRunner&) = delete;

  /// Voids all leases (nobody else runs jobs on this data folder) and starts the threads.
  void start();
  /// There may be something in the queue: look now. Cheap.
  void wake() noexcept;
  /// Workers get SIGTERM, `grace`, SIGKILL; their jobs go back into the queue without an attempt. Idempotent.
  void stop();
  [[nodiscard]] JobFacts facts() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// tongxing-worker beside the running program.
[[nodiscard]] std::filesystem::path default_worker();

}  // namespace tongxing::jobs
