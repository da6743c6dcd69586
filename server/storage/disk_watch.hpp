// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>

/// What keeps signing in possible on a full disk: ordinary writing stops while there is still a little room,
/// and the log keeps blocks of its own that nothing else on the disk can take.
namespace tongxing::storage {

/// Whether the disk of a folder is nearly full. Owner: the composition root. Thread-safe; asks the system at
/// most twice a second, so it may be asked for every request.
class DiskWatch {
 public:
  /// `least`: bytes; with fewer free ones the disk counts as full.
  DiskWatch(std::filesystem::path folder, std::uint64_t least);

  /// A disk that cannot be asked counts as one with room: writing to it will tell.
  [[nodiscard]] bool is_full();

 private:
  const std::filesystem::path folder_;
  const std::uint64_t least_;
  std::atomic<std::chrono::steady_clock::rep> asked_at_{0};
  std::atomic<bool> full_{false};
};

/// Gives the first `bytes` of the database's write-ahead log their blocks on the disk, without changing its
/// length: commits go on there when nothing else can be written. Cheap where it has been done already. False:
/// there is no room, no log yet, or the file system cannot do it.
[[nodiscard]] bool reserve_log(const std::filesystem::path& database, std::int64_t bytes);

}  // namespace tongxing::storage
