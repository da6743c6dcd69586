// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/clock.hpp"
#include "server/base/id.hpp"
#include "server/storage/connection.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tongxing::storage {

/// QUEUED → RUNNING → DONE | FAILED; RUNNING → QUEUED to be tried again; QUEUED, RUNNING → CANCELLED.
enum class JobState { queued, running, done, failed, cancelled };

[[nodiscard]] std::string_view to_text(JobState state);

/// package: the whole package out of an original. The others complete the package of an asset, wait until it
/// is READY, leave its state alone and come one after the other. describe: its description script spoken, or
/// a recorded description; sign: its signer's video.
enum class JobKind { package, describe, sign };

[[nodiscard]] std::string_view to_text(JobKind kind);

/// Work for a worker process (table jobs).
struct Job {
  JobId id;
  AssetId asset;
  JobState state = JobState::queued;
  std::string spec;        ///< JSON object: the members of media::model::JobSpec that the job itself decides
  int attempt = 0;         ///< of this claim, from 1
  std::int64_t fence = 0;  ///< of this claim: results that carry an older one are refused
  Timestamp not_before{};
  std::string progress = "{}";  ///< JSON, see server/jobs/progress.hpp
  std::string failure;          ///< of the last attempt, for the log
  Timestamp created_at{};
  JobKind kind = JobKind::package;
};

/// Making a package out of an asset's original.
struct NewPackageJob {
  JobId id;
  AssetId asset;
  std::string audio_language = "cmn";  ///< BCP 47 of the main audio
  std::string idempotency_key;         ///< the same work is queued once, whoever asks
};

struct JobCounts {
  std::int64_t queued = 0;
  std::int64_t running = 0;
  std::int64_t failed = 0;
};

/// Rows of jobs. Every change by a runner carries the fence of its claim and returns false when the job was
/// taken away meanwhile (cancelled, lease run out): the runner's result is then void. Lives as long as the
/// Connection it is given; one thread. Throws DatabaseError.
class JobStore {
 public:
  explicit JobStore(Connection& connection) : connection_(connection) {}

  /// False when a job with this idempotency key is there already: nothing is changed.
  bool enqueue(const NewPackageJob& job, Timestamp now);
  [[nodiscard]] std::optional<Job> get(const JobId& id);
  /// A job that completes a package; false when one with this id is there already.
  bool enqueue(JobKind kind, const JobId& id, const AssetId& asset, Timestamp now);
  /// The newest job of that kind of an asset.
  [[nodiscard]] std::optional<Job> newest(JobKind kind, const AssetId& asset);
  /// Ends what is queued or runs of that kind for an asset: what it is made of changed. Gives how many.
  std::int64_t cancel(JobKind kind, const AssetId& asset, Timestamp now);
  /// Whether anything is queued or runs that completes the asset's package.
  [[nodiscard]] bool is_completing(const AssetId& asset);
  /// The newest package job of an asset.
  [[nodiscard]] std::optional<Job> of_asset(const AssetId& asset);
  /// Whether `claim` would find one. Reads only.
  [[nodiscard]] bool is_any_due(Timestamp now);
  /// Whether `expire` would find one. Reads only.
  [[nodiscard]] bool is_any_expired(Timestamp now);
  /// The oldest one that is due, now RUNNING with the next attempt and fence, and a lease.
  [[nodiscard]] std::optional<Job> claim(Timestamp now, Milliseconds lease);

  bool renew(const JobId& id, std::int64_t fence, Timestamp lease_until);
  bool set_progress(const JobId& id, std::int64_t fence, std::string_view progress);
  bool finish(const JobId& id, std::int64_t fence, Timestamp now);
  bool fail(const JobId& id, std::int64_t fence, std::string_view reason, Timestamp now);
  /// Back into the queue after a failed attempt.
  bool retry(const JobId& id, std::int64_t fence, std::string_view reason, Timestamp not_before);
  /// Back into the queue as if it had not been claimed: the attempt does not count.
  bool put_back(const JobId& id, std::int64_t fence);
  /// Queued or running; a running worker notices at its next beat. False when it had ended already.
  bool cancel(const JobId& id, Timestamp now);

  /// Jobs whose runner is gone: RUNNING with a lease that has run out. Back into the queue, the attempt
  /// counts.
  std::int64_t expire(Timestamp now);
  /// At start nobody runs: every RUNNING job goes back into the queue; the attempt does not count, because it
  /// was the server that ended and not the worker.
  std::int64_t release_all();

  [[nodiscard]] JobCounts counts();

 private:
  Connection& connection_;
};

}  // namespace tongxing::storage
