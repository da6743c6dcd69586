// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/storage/connection.hpp"
#include "server/storage/database.hpp"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace tongxing::storage {

/// Threads that read, each with its own read-only connection; a job sees one snapshot from its first query to
/// its end. Owner: Database. submit, close and report are thread-safe.
class Readers {
 public:
  /// The database must exist and be migrated.
  Readers(const std::filesystem::path& file, const DatabaseOptions& options, std::atomic<bool>& healthy);
  ~Readers();
  Readers(const Readers&) = delete;
  Readers& operator=(const Readers&) = delete;

  [[nodiscard]] bool submit(Database::ReadJob job);
  void close();
  /// Fills the readers' members.
  void report(DatabaseStatistics& statistics) const;

 private:
  void loop(Connection& connection);
  void run(Connection& connection, Database::ReadJob& job);

  const DatabaseOptions options_;
  std::atomic<bool>& healthy_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Database::ReadJob> queue_;
  bool closing_ = false;
  std::uint64_t reads_ = 0;
  std::uint64_t refused_ = 0;
  std::vector<std::unique_ptr<Connection>> connections_;
  std::vector<std::thread> threads_;
};

}  // namespace tongxing::storage
