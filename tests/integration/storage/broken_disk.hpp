// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>

/// The system calls of this program can be made to fail: broken_disk.cpp defines fsync, fdatasync and
/// pwrite64, which come before those of the C library for everything in the process, SQLite included.
namespace tongxing::tests {

enum class Call { sync, write };

/// From the n-th call on (from 1), calls fail with EIO: `once` only that one, or all after it too.
/// Counting starts when the object is made and failing ends when it goes. One at a time.
class BrokenDisk {
 public:
  enum class How { once, forever };
  BrokenDisk(Call call, int nth, How how);
  ~BrokenDisk();
  BrokenDisk(const BrokenDisk&) = delete;
  BrokenDisk& operator=(const BrokenDisk&) = delete;
  /// Whether a call has failed.
  [[nodiscard]] bool has_struck() const;
};

}  // namespace tongxing::tests
