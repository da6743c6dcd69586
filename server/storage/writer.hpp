// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/storage/connection.hpp"
#include "server/storage/database.hpp"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

namespace tongxing::storage {

/// The one thread that writes: takes whatever waits when the last commit ends (no window), runs each job in
/// its own SAVEPOINT inside one BEGIN IMMEDIATE, commits once, then tells the jobs. It also copies the log
/// back, so that no two connections ever write and checkpoint at the same time. Owner: Database. submit,
/// close and statistics are thread-safe.
class Writer {
 public:
  /// `healthy` is shared with the readers; cleared at the first I/O error.
  Writer(const std::filesystem::path& file, const DatabaseOptions& options, std::atomic<bool>& healthy);
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  /// Before `start` only: for migrations.
  [[nodiscard]] Connection& connection() { return connection_; }
  void start();

  [[nodiscard]] bool submit(Database::WriteJob job, Database::WriteDone done);
  void close();
  /// See Database::content_generation.
  [[nodiscard]] std::uint64_t content_generation() const noexcept { return content_generation_; }
  /// Fills the writer's members.
  void report(DatabaseStatistics& statistics) const;

 private:
  struct Item {
    Database::WriteJob job;
    Database::WriteDone done;
    WriteOutcome outcome = WriteOutcome::failed;
  };

  void loop();
  void run_group(std::span<Item> group);
  /// Runs jobs until the group's time is up, and commits. Returns what became of them as a whole.
  /// `taken`: how many of them that is about; fewer than all when their time was up.
  WriteOutcome commit_group(std::span<Item> group, std::size_t& taken);
  /// False when the whole group is lost with it.
  bool run_job(Item& item);
  void commit();
  void abandon();
  [[nodiscard]] WriteOutcome after_fault();
  void tell(std::span<Item> group, WriteOutcome whole);
  void checkpoint_if_long();
  void checkpoint(int mode);
  void reserve();

  const DatabaseOptions options_;
  std::atomic<bool>& healthy_;
  const std::filesystem::path file_;
  Connection connection_;
  std::int64_t page_bytes_ = 4'096;
  int log_pages_ = 0;             ///< set by SQLite at each commit; writer thread only
  int checkpointed_pages_ = 0;    ///< log_pages_ at the last checkpoint
  bool reserved_ = false;         ///< the log has options_.log_reserve_bytes on the disk; writer thread only
  bool content_touched_ = false;  ///< a job of this group changed a row of public content; writer thread only
  std::atomic<std::uint64_t> content_generation_ = 1;

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Item> queue_;
  bool closing_ = false;
  DatabaseStatistics statistics_;
  std::thread thread_;
};

}  // namespace tongxing::storage
