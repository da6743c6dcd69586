// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/job.hpp"
#include "server/jobs/job_runner.hpp"
#include "server/jobs/progress.hpp"
#include "server/storage/asset_store.hpp"
#include "server/storage/job_store.hpp"

#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace tongxing::jobs {

/// One attempt at one job, from its claim to done, queued again or failed. Lives for that attempt, on one
/// thread of the runner. Throws nothing that a job can cause; a fault of the database leaves the job to its
/// lease.
class JobRun {
 public:
  enum class Result {
    finished,  ///< the asset is READY
    failed,    ///< FAILED, with a reason
    retried,   ///< in the queue again
    dropped,   ///< somebody else has the job, it was cancelled, or the server stops
  };

  JobRun(const JobSurroundings& around, const JobRunnerOptions& options, storage::Job job,
         const std::atomic<bool>& stopping);

  Result execute();

 private:
  enum class End { exited, stopping, lost, broken };
  enum class Step { package, verify };
  struct Stores {
    storage::JobStore jobs;
    storage::AssetStore assets;
    storage::Connection& connection;
  };

  /// Makes the folder and the job's file.
  void prepare();
  void take_up_earlier();
  void clean();
  /// Tells the database and the listeners; false when the job is not ours.
  bool begin();
  Result make_package();
  Result make_addition();
  /// The asset's package once more (hard links) in `out`, without what the job is to make, and the worker's
  /// arguments; false: there is nothing to add any more, or nothing to add it to.
  bool prepare_addition();
  /// The copy of the package, or that of an earlier attempt which began with the same version.
  void copy_package(const std::filesystem::path& out);
  bool prepare_description(const std::filesystem::path& out, media::model::Package& package);
  bool prepare_sign(const std::filesystem::path& out, media::model::Package& package);
  /// What a worker that extends the package in `out` is told anyway.
  [[nodiscard]] media::model::JobSpec extension(const std::filesystem::path& out) const;
  void ask_to_extend(const media::model::JobSpec& spec);
  Result publish_addition();
  Result verify_package();
  Result run_worker(std::vector<std::string> arguments);
  /// Reads events until the worker ends or has to be ended.
  End supervise(WorkerProcess& worker);
  /// False: the worker is not to be trusted any further.
  bool take_line(const std::string& line);
  /// False: the job is no longer ours.
  bool beat();
  void save_progress();
  Result conclude(const ProcessExit& exit);
  Result publish_package();
  Result retry(const std::string& reason);
  Result fail(const std::string& key, const MessageArgs& args, const std::string& reason);
  Result give_back();
  /// A change of the job and its asset in one transaction, tried again while the disk is full; false when the
  /// fence refused it or the server stops.
  bool change(const std::function<bool(Stores&)>& work);
  void say(const std::string& event) const;
  [[nodiscard]] std::string log_tail() const;
  /// The job completes a package that is there.
  [[nodiscard]] bool adds() const { return job_.kind != storage::JobKind::package; }
  /// Adding leaves the state of an asset that plays as it is.
  void set_state(Stores& stores, storage::AssetState state) const;

  const JobSurroundings& around_;
  const JobRunnerOptions& options_;
  const storage::Job job_;
  const std::atomic<bool>& stopping_;
  const std::filesystem::path folder_;
  Progress progress_;
  storage::AssetState state_ = storage::AssetState::probing;
  std::optional<WorkerEvent> failure_;
  Step step_ = Step::package;
  bool done_ = false;   ///< the worker of this step said so
  bool again_ = false;  ///< another attempt comes: what is finished is kept for it
  bool unsaved_ = false;
  SteadyTime heard_{};  ///< last line
  SteadyTime beaten_{};
  SteadyTime saved_{};
  std::string base_;                      ///< addition: the version of the package that it began with
  std::vector<std::string> arguments_{};  ///< addition: of the worker
  bool goes_on_ = false;  ///< addition: an earlier attempt's copy of the package is gone on with
  std::string fault_;     ///< why the run is broken, for the log
};

/// Whether a rendition is the sound with audio description in it.
[[nodiscard]] bool is_described(const media::model::Rendition& rendition);

}  // namespace tongxing::jobs
