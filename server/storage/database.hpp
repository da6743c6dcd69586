// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/storage/connection.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>

namespace tongxing::storage {

/// How a write job ended, told to its `done` after the commit (fsync included) or the rollback.
enum class WriteOutcome {
  committed,    ///< on disk: may be acknowledged
  rolled_back,  ///< the job asked for it; nothing of it is kept
  disk_full,    ///< SQLITE_FULL: nothing of it is kept, reads go on
  failed,       ///< a fault; nothing of it is kept and the database may have stopped writing
};

/// What a write job wants to become of its own changes.
enum class Verdict { commit, rollback };

/// Who copies the write-ahead log back. Only one process may: two that write and checkpoint at the same time
/// can damage the database in SQLite before 3.51.3.
enum class LogCare {
  owner,  ///< the server, which holds the data folder's lock
  guest,  ///< a command beside a running server: writes, and leaves the log alone
};

struct DatabaseOptions {
  LogCare log_care = LogCare::owner;
  std::size_t readers = 2;          ///< reader threads, each with a read-only connection
  std::size_t read_queue = 1'024;   ///< waiting read jobs before submit_read refuses
  std::size_t write_queue = 4'096;  ///< waiting write jobs before submit_write refuses
  std::size_t batch = 2'048;        ///< write jobs a commit
  Milliseconds group_time{
      20};  ///< after so long a group is committed, so that slow jobs do not keep all waiting
  Milliseconds read_limit{5'000};  ///< a read job that runs longer is interrupted: it would pin the log
  std::int64_t checkpoint_bytes = 8 << 20;  ///< the writer copies the log back when it is longer
  std::int64_t log_reserve_bytes = 0;       ///< so much of the log has its blocks on the disk beforehand
  std::int64_t log_limit_bytes = 64 << 20;  ///< and waits for readers to let go of it when it is longer still
};

/// What the database has done since it was opened, and what waits: for metrics and readiness.
struct DatabaseStatistics {
  std::size_t waiting_reads = 0;
  std::size_t waiting_writes = 0;
  std::uint64_t reads = 0;           ///< read jobs run
  std::uint64_t commits = 0;         ///< groups that are on disk
  std::uint64_t committed_jobs = 0;  ///< write jobs in them
  std::uint64_t rolled_back_jobs = 0;
  std::uint64_t failed_jobs = 0;  ///< threw, or were lost with their group
  std::uint64_t disk_full_groups = 0;
  std::uint64_t refused_jobs = 0;  ///< turned away because a queue was full
  std::uint64_t checkpoints = 0;
  std::size_t largest_group = 0;
  std::int64_t log_bytes = 0;      ///< length of the write-ahead log at the last commit
  Milliseconds slowest_commit{0};  ///< the COMMIT alone, fsync included
};

/// The database of one data folder: one writer thread that commits in groups, and reader threads.
/// Owner: the composition root. All functions are thread-safe. Jobs are synchronous and must not block on
/// other jobs of the same lane. Migrations have run when `open` returns (see migrations.hpp for what it
/// throws).
class Database {
 public:
  using ReadJob = std::move_only_function<void(Connection&)>;
  /// Runs on the writer thread in its own SAVEPOINT; a throw rolls this job back alone.
  using WriteJob = std::move_only_function<Verdict(Connection&)>;
  /// Called on the writer thread once the group's COMMIT is durable, or the job is known to be lost.
  using WriteDone = std::move_only_function<void(WriteOutcome)>;

  static std::unique_ptr<Database> open(const std::filesystem::path& file,
                                        const DatabaseOptions& options = {});
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// False when the queue is full or the database is closing; the job is then dropped untouched.
  [[nodiscard]] bool submit_read(ReadJob job);
  [[nodiscard]] bool submit_write(WriteJob job, WriteDone done);

  /// Blocks the calling thread until done; never call from a job of the same lane. Throws what the job threw,
  /// or DatabaseError when the commit failed. For the command line, start-up, background threads and tests.
  void read(const std::function<void(Connection&)>& job);
  WriteOutcome write(const std::function<Verdict(Connection&)>& job);

  /// False once an I/O error has been seen: nothing is acknowledged from then on.
  [[nodiscard]] bool healthy() const noexcept;

  /// Grows with every commit that changed public content (courses, versions, lessons, assets, tracks). What
  /// was made from a read that began after asking for it stays true for as long as it has not grown.
  [[nodiscard]] std::uint64_t content_generation() const noexcept;

  [[nodiscard]] DatabaseStatistics statistics() const;

  /// As backup_database, of this one.
  void backup(const std::filesystem::path& file);

  /// Finishes the waiting jobs, checkpoints and joins the threads. Idempotent.
  void close();

 private:
  Database();
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Writes a whole, compact copy of the database to `file`, which must not exist, while whoever serves it
/// reads and writes on. Throws DatabaseError. Blocks the calling thread for as long as it takes.
void backup_database(const std::filesystem::path& database, const std::filesystem::path& file);

}  // namespace tongxing::storage
