// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/readers.hpp"

#include "server/base/log.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include <sqlite3.h>

namespace tongxing::storage {

Readers::Readers(const std::filesystem::path& file, const DatabaseOptions& options,
                 std::atomic<bool>& healthy)
    : options_(options), healthy_(healthy) {
  const std::size_t count = std::max<std::size_t>(options_.readers, 1);
  for (std::size_t i = 0; i < count; ++i) {
    connections_.push_back(std::make_unique<Connection>(file, Connection::Access::read_only));
  }
  for (auto& connection : connections_) threads_.emplace_back([this, &connection] { loop(*connection); });
}

Readers::~Readers() {
  close();
}

bool Readers::submit(Database::ReadJob job) {
  {
    const std::lock_guard lock(mutex_);
    if (closing_ || queue_.size() >= options_.read_queue) {
      ++refused_;
      return false;
    }
    queue_.push_back(std::move(job));
  }
  wake_.notify_one();
  return true;
}

void Readers::close() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
  connections_.clear();
}

void Readers::loop(Connection& connection) {
  while (true) {
    Database::ReadJob job;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return closing_ || !queue_.empty(); });
      if (queue_.empty()) return;
      job = std::move(queue_.front());
      queue_.pop_front();
      ++reads_;
    }
    run(connection, job);
  }
}

void Readers::run(Connection& connection, Database::ReadJob& job) {
  connection.forget_faults();
  try {
    connection.limit_time(options_.read_limit);
    connection.run("BEGIN");
    job(connection);
  } catch (const std::exception& error) {
    log::error("storage.read_threw", {{"error", error.what()}});
  }
  connection.limit_time(Milliseconds::zero());
  try {
    if (sqlite3_get_autocommit(connection.handle()) == 0) connection.run("COMMIT");
  } catch (const DatabaseError& error) {
    log::error("storage.read_end_failed", {{"error", error.what()}});
  }
  if (connection.fault() == Connection::Fault::io && healthy_.exchange(false)) {
    log::error("storage.stopped",
               {{"error", "I/O error while reading: nothing is acknowledged from here on"}});
  }
}

void Readers::report(DatabaseStatistics& statistics) const {
  const std::lock_guard lock(mutex_);
  statistics.waiting_reads = queue_.size();
  statistics.reads = reads_;
  statistics.refused_jobs = refused_;
}

}  // namespace tongxing::storage
