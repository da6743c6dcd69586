// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/storage/broken_disk.hpp"

#include <cerrno>

#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

namespace {

using tongxing::tests::BrokenDisk;
using tongxing::tests::Call;

struct Plan {
  std::atomic<bool> active = false;
  std::atomic<Call> call = Call::sync;
  std::atomic<int> left = 0;
  std::atomic<bool> forever = false;
  std::atomic<bool> struck = false;
};
Plan plan;

bool strikes(Call call) {
  if (!plan.active || plan.call != call) return false;
  const int left = --plan.left;
  if (left > 0 || (left < 0 && !plan.forever)) return false;
  plan.struck = true;
  errno = EIO;
  return true;
}

}  // namespace

extern "C" {
int fsync(int fd);
int fdatasync(int fd);
ssize_t pwrite64(int fd, const void* bytes, size_t size, off64_t offset);

int fsync(int fd) {
  return strikes(Call::sync) ? -1 : static_cast<int>(::syscall(SYS_fsync, fd));
}
int fdatasync(int fd) {
  return strikes(Call::sync) ? -1 : static_cast<int>(::syscall(SYS_fdatasync, fd));
}
ssize_t pwrite64(int fd, const void* bytes, size_t size, off64_t offset) {
  return strikes(Call::write) ? -1 : static_cast<ssize_t>(::syscall(SYS_pwrite64, fd, bytes, size, offset));
}
}

namespace tongxing::tests {

BrokenDisk::BrokenDisk(Call call, int nth, How how) {
  plan.call = call;
  plan.left = nth;
  plan.forever = how == How::forever;
  plan.struck = false;
  plan.active = true;
}

BrokenDisk::~BrokenDisk() {
  plan.active = false;
}

bool BrokenDisk::has_struck() const {
  return plan.struck;
}

}  // namespace tongxing::tests
