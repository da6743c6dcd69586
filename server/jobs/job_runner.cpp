// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/job_runner.hpp"

#include "server/base/log.hpp"
#include "server/jobs/job_run.hpp"
#include "server/storage/job_store.hpp"

#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace tongxing::jobs {

namespace {

constexpr Milliseconds kAfterFault{5'000};

}  // namespace

struct JobRunner::Impl {
  Impl(JobSurroundings surroundings, JobRunnerOptions chosen)
      : around(std::move(surroundings)), options(std::move(chosen)) {}

  void loop();
  bool work_once();
  [[nodiscard]] bool may_begin();
  [[nodiscard]] std::optional<storage::Job> claim();
  void look_around();
  [[nodiscard]] std::uint64_t wakes_so_far() const;
  /// Until `time` has passed, the runner stops, or somebody called wake() since `seen` was taken.
  void pause(Milliseconds time, std::uint64_t seen);

  const JobSurroundings around;
  const JobRunnerOptions options;
  std::atomic<bool> stopping = false;
  mutable std::mutex mutex;
  std::condition_variable changed;
  std::uint64_t wakes = 0;
  JobFacts facts;
  std::vector<std::thread> threads;
};

JobRunner::JobRunner(JobSurroundings surroundings, JobRunnerOptions options)
    : impl_(std::make_unique<Impl>(std::move(surroundings), std::move(options))) {}

JobRunner::~JobRunner() {
  stop();
}

void JobRunner::start() {
  impl_->around.database.write([](storage::Connection& connection) {
    const std::int64_t released = storage::JobStore(connection).release_all();
    if (released > 0) log::info("jobs.released", {{"count", std::to_string(released)}});
    return storage::Verdict::commit;
  });
  for (std::size_t i = 0; i < impl_->options.slots; ++i)
    impl_->threads.emplace_back([this] { impl_->loop(); });
}

void JobRunner::wake() noexcept {
  {
    const std::lock_guard lock(impl_->mutex);
    ++impl_->wakes;
  }
  impl_->changed.notify_all();
}

void JobRunner::stop() {
  impl_->stopping = true;
  wake();
  for (std::thread& thread : impl_->threads) {
    if (thread.joinable()) thread.join();
  }
}

JobFacts JobRunner::facts() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->facts;
}

void JobRunner::Impl::loop() {
  while (!stopping) {
    const std::uint64_t seen = wakes_so_far();
    try {
      if (!work_once()) pause(options.poll, seen);
    } catch (const std::exception& error) {
      // The database is full or broken. The job that was held is left to its lease.
      log::error("jobs.fault", {{"error", error.what()}});
      pause(kAfterFault, seen);
    }
  }
}

bool JobRunner::Impl::work_once() {
  look_around();
  if (!may_begin()) return false;
  std::optional<storage::Job> job = claim();
  if (!job) return false;
  look_around();
  const JobRun::Result result = JobRun(around, options, std::move(*job), stopping).execute();
  {
    const std::lock_guard lock(mutex);
    if (result == JobRun::Result::finished) ++facts.finished;
    if (result == JobRun::Result::retried) ++facts.retried;
  }
  look_around();
  return true;
}

bool JobRunner::Impl::may_begin() {
  std::error_code error;
  const bool missing = !std::filesystem::is_regular_file(options.worker, error);
  const bool full = storage::disk_space(around.layout.root()).free < options.least_free;
  const std::lock_guard lock(mutex);
  if (missing && !facts.worker_missing)
    log::error("jobs.worker_missing", {{"path", options.worker.string()}});
  if (full != facts.paused_for_space) log::warning(full ? "jobs.paused_for_space" : "jobs.space_is_back");
  facts.worker_missing = missing;
  facts.paused_for_space = full;
  return !missing && !full;
}

std::optional<storage::Job> JobRunner::Impl::claim() {
  const Timestamp now = around.clock.now();
  bool due = false;
  around.database.read([&](storage::Connection& connection) {
    storage::JobStore jobs(connection);
    due = jobs.is_any_due(now) || jobs.is_any_expired(now);
  });
  std::optional<storage::Job> job;
  if (!due || stopping) return job;
  around.database.write([&](storage::Connection& connection) {
    storage::JobStore jobs(connection);
    jobs.expire(now);
    job = jobs.claim(now, options.lease);
    return storage::Verdict::commit;
  });
  return job;
}

void JobRunner::Impl::look_around() {
  storage::JobCounts counts;
  around.database.read(
      [&](storage::Connection& connection) { counts = storage::JobStore(connection).counts(); });
  const std::lock_guard lock(mutex);
  facts.queued = counts.queued;
  facts.running = counts.running;
  facts.failed = counts.failed;
}

std::uint64_t JobRunner::Impl::wakes_so_far() const {
  const std::lock_guard lock(mutex);
  return wakes;
}

void JobRunner::Impl::pause(Milliseconds time, std::uint64_t seen) {
  std::unique_lock lock(mutex);
  changed.wait_for(lock, time, [&] { return stopping || wakes != seen; });
}

std::filesystem::path default_worker() {
  std::error_code error;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? std::filesystem::path("tongxing-worker") : self.parent_path() / "tongxing-worker";
}

}  // namespace tongxing::jobs
