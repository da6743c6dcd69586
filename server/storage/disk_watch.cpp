// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/disk_watch.hpp"

#include "server/storage/files.hpp"

#include <string>
#include <utility>

#include <fcntl.h>
#include <linux/falloc.h>
#include <unistd.h>

namespace tongxing::storage {
namespace {

using SteadyClock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kBetween{500};

}  // namespace

DiskWatch::DiskWatch(std::filesystem::path folder, std::uint64_t least)
    : folder_(std::move(folder)), least_(least) {}

bool DiskWatch::is_full() {
  const auto now = SteadyClock::now().time_since_epoch().count();
  auto before = asked_at_.load();
  const auto between = SteadyClock::duration(kBetween).count();
  if (before != 0 && now - before < between) return full_;
  if (!asked_at_.compare_exchange_strong(before, now)) return full_;  // another thread asks right now
  try {
    full_ = disk_space(folder_).free < least_;
  } catch (const std::filesystem::filesystem_error&) {
    full_ = false;
  }
  return full_;
}

bool reserve_log(const std::filesystem::path& database, std::int64_t bytes) {
  // Opening and closing the log is harmless; the same with the database file itself would drop SQLite's
  // locks.
  const std::string log = database.string() + "-wal";
  const int descriptor = ::open(log.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
  if (descriptor < 0) return false;
  const bool reserved = ::fallocate(descriptor, FALLOC_FL_KEEP_SIZE, 0, bytes) == 0;
  ::close(descriptor);
  return reserved;
}

}  // namespace tongxing::storage
