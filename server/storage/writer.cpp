// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/writer.hpp"

#include "server/base/log.hpp"
#include "server/storage/disk_watch.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <exception>
#include <iterator>
#include <string>
#include <string_view>

#include <sqlite3.h>

namespace tongxing::storage {
namespace {

/// Tables that published pages and the right to play a lesson are made of.
constexpr std::array<std::string_view, 5> kContentTables{"courses", "course_versions", "version_lessons",
                                                         "media_assets", "tracks"};

void note_content(void* touched, int, const char*, const char* table, sqlite3_int64) {
  if (std::ranges::find(kContentTables, std::string_view(table)) != kContentTables.end())
    *static_cast<bool*>(touched) = true;
}

}  // namespace

Writer::Writer(const std::filesystem::path& file, const DatabaseOptions& options, std::atomic<bool>& healthy)
    : options_(options), healthy_(healthy), file_(file), connection_(file, Connection::Access::read_write) {
  Rows rows = connection_.query("PRAGMA page_size");
  if (rows.next()) page_bytes_ = rows.get<std::int64_t>(0);
  const auto count_pages = [](void* pages, sqlite3*, const char*, int in_log) {
    *static_cast<int*>(pages) = in_log;
    return SQLITE_OK;
  };
  sqlite3_wal_hook(connection_.handle(), count_pages, &log_pages_);
  sqlite3_update_hook(connection_.handle(), note_content, &content_touched_);
}

Writer::~Writer() {
  close();
}

void Writer::start() {
  thread_ = std::thread([this] { loop(); });
}

bool Writer::submit(Database::WriteJob job, Database::WriteDone done) {
  {
    const std::lock_guard lock(mutex_);
    if (closing_ || queue_.size() >= options_.write_queue) {
      ++statistics_.refused_jobs;
      return false;
    }
    queue_.push_back({std::move(job), std::move(done)});
  }
  wake_.notify_one();
  return true;
}

void Writer::close() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Writer::loop() {
  std::vector<Item> group;
  reserve();
  while (true) {
    group.clear();
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return closing_ || !queue_.empty(); });
      if (queue_.empty()) break;
      const auto size =
          static_cast<std::ptrdiff_t>(std::min(queue_.size(), std::max<std::size_t>(options_.batch, 1)));
      group.assign(std::make_move_iterator(queue_.begin()), std::make_move_iterator(queue_.begin() + size));
      queue_.erase(queue_.begin(), queue_.begin() + size);
    }
    run_group(group);
  }
  if (healthy_) checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
}

void Writer::run_group(std::span<Item> group) {
  while (!group.empty()) {
    std::size_t taken = group.size();
    const WriteOutcome whole = healthy_ ? commit_group(group, taken) : WriteOutcome::failed;
    tell(group.first(taken), whole);
    group = group.subspan(taken);
    if (whole != WriteOutcome::committed) continue;
    if (!reserved_) reserve();  // there was no room for it, and there may be now
    checkpoint_if_long();
  }
}

WriteOutcome Writer::commit_group(std::span<Item> group, std::size_t& taken) {
  connection_.forget_faults();
  try {
    connection_.run("BEGIN IMMEDIATE");
    const auto latest = std::chrono::steady_clock::now() + options_.group_time;
    std::size_t done = 0;
    for (Item& item : group) {
      if (!run_job(item)) {
        abandon();
        return after_fault();
      }
      ++done;
      if (std::chrono::steady_clock::now() >= latest) break;
    }
    commit();
    taken = done;
    return WriteOutcome::committed;
  } catch (const DatabaseError& error) {
    log::error("storage.group_lost", {{"error", error.what()}});
    abandon();
    return after_fault();
  }
}

bool Writer::run_job(Item& item) {
  connection_.run("SAVEPOINT job");
  bool keep = false;
  try {
    const Verdict verdict = item.job(connection_);
    item.outcome = verdict == Verdict::commit ? WriteOutcome::committed : WriteOutcome::rolled_back;
    keep = verdict == Verdict::commit;
  } catch (const std::exception& error) {
    log::error("storage.job_threw", {{"error", error.what()}});
    item.outcome = WriteOutcome::failed;
  } catch (...) {
    log::error("storage.job_threw", {{"error", "not a std::exception"}});
    item.outcome = WriteOutcome::failed;
  }
  // After "disk full" SQLite may have rolled back the whole transaction by itself; an I/O error leaves it
  // unsure. The connection remembers both, whatever the job made of the exception.
  if (connection_.fault() != Connection::Fault::none || sqlite3_get_autocommit(connection_.handle()) != 0)
    return false;
  if (!keep) connection_.run("ROLLBACK TO job");
  connection_.run("RELEASE job");
  return true;
}

void Writer::commit() {
  const auto began = std::chrono::steady_clock::now();
  connection_.run("COMMIT");
  const auto took = std::chrono::ceil<Milliseconds>(std::chrono::steady_clock::now() - began);
  if (content_touched_) ++content_generation_;
  content_touched_ = false;
  const std::lock_guard lock(mutex_);
  ++statistics_.commits;
  statistics_.slowest_commit = std::max(statistics_.slowest_commit, took);
  statistics_.log_bytes = log_pages_ * page_bytes_;
}

void Writer::abandon() {
  if (sqlite3_get_autocommit(connection_.handle()) != 0) return;
  try {
    connection_.run("ROLLBACK");
  } catch (const DatabaseError& error) {
    healthy_ = false;
    log::error("storage.rollback_failed", {{"error", error.what()}});
  }
}

WriteOutcome Writer::after_fault() {
  if (connection_.fault() == Connection::Fault::full) {
    log::warning("storage.disk_full");
    return WriteOutcome::disk_full;
  }
  if (connection_.fault() == Connection::Fault::io) {
    healthy_ = false;
    log::error("storage.stopped",
               {{"error", "I/O error: nothing is acknowledged until the server is started again"}});
  }
  return WriteOutcome::failed;
}

void Writer::tell(std::span<Item> group, WriteOutcome whole) {
  std::uint64_t committed = 0;
  std::uint64_t rolled_back = 0;
  for (Item& item : group) {
    if (whole != WriteOutcome::committed) item.outcome = whole;
    if (item.outcome == WriteOutcome::committed) ++committed;
    if (item.outcome == WriteOutcome::rolled_back) ++rolled_back;
  }
  {
    const std::lock_guard lock(mutex_);
    statistics_.committed_jobs += committed;
    statistics_.rolled_back_jobs += rolled_back;
    statistics_.failed_jobs += group.size() - committed - rolled_back;
    statistics_.largest_group = std::max(statistics_.largest_group, group.size());
    if (whole == WriteOutcome::disk_full) ++statistics_.disk_full_groups;
  }
  for (Item& item : group) {
    try {
      if (item.done) item.done(item.outcome);
    } catch (const std::exception& error) {
      log::error("storage.done_threw", {{"error", error.what()}});
    }
  }
}

void Writer::checkpoint_if_long() {
  const std::int64_t bytes = log_pages_ * page_bytes_;
  if (log_pages_ < checkpointed_pages_) checkpointed_pages_ = 0;  // the log began anew
  if (bytes < options_.checkpoint_bytes) return;
  // A reader may hold on to the log: do not copy again for every commit until there is an eighth more.
  if (log_pages_ < checkpointed_pages_ + std::max(1, checkpointed_pages_ / 8)) return;
  checkpointed_pages_ = log_pages_;
  checkpoint(bytes < options_.log_limit_bytes ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_RESTART);
}

void Writer::checkpoint(int mode) {
  if (options_.log_care == LogCare::guest) return;
  sqlite3_busy_timeout(connection_.handle(), mode == SQLITE_CHECKPOINT_RESTART ? 100 : 1'000);
  errno = 0;
  const int code = sqlite3_wal_checkpoint_v2(connection_.handle(), nullptr, mode, nullptr, nullptr);
  const Connection::Fault meaning = connection_.meaning_of(code);
  sqlite3_busy_timeout(connection_.handle(), 5'000);
  if (code == SQLITE_OK) {
    if (mode != SQLITE_CHECKPOINT_TRUNCATE) reserve();  // SQLite may have cut a long log
    const std::lock_guard lock(mutex_);
    ++statistics_.checkpoints;
    return;
  }
  // Busy: a reader is still there. Full: the log stays as it is. Both lose nothing and are tried again.
  const int kind = code & 0xff;
  if (kind == SQLITE_BUSY || kind == SQLITE_LOCKED || meaning == Connection::Fault::full) return;
  log::error("storage.checkpoint_failed", {{"error", sqlite3_errstr(code)}});
  healthy_ = false;
}

void Writer::reserve() {
  if (options_.log_reserve_bytes > 0) reserved_ = reserve_log(file_, options_.log_reserve_bytes);
}

void Writer::report(DatabaseStatistics& statistics) const {
  const std::lock_guard lock(mutex_);
  const DatabaseStatistics before = statistics;
  statistics = statistics_;
  statistics.waiting_reads = before.waiting_reads;
  statistics.reads = before.reads;
  statistics.refused_jobs += before.refused_jobs;
  statistics.waiting_writes = queue_.size();
}

}  // namespace tongxing::storage
