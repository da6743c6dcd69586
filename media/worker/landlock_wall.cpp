// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/worker/walls.hpp"

#include <cstdint>

#include <sys/syscall.h>
#include <unistd.h>

namespace tongxing::media::worker {

namespace {

// Debian 12's headers know only the first two versions: numbers from the kernel's
// include/uapi/linux/landlock.h.
constexpr long kCreateRuleset = 444;
constexpr long kAddRule = 445;
constexpr long kRestrictSelf = 446;
constexpr std::uint32_t kAskVersion = 1;
constexpr int kPathBeneath = 1;

constexpr std::uint64_t bit(unsigned number) {
  return std::uint64_t{1} << number;
}
constexpr std::uint64_t kWriteFile = bit(1);
constexpr std::uint64_t kReadFile = bit(2);
constexpr std::uint64_t kReadDir = bit(3);
constexpr std::uint64_t kRemoveDir = bit(4);
constexpr std::uint64_t kRemoveFile = bit(5);
constexpr std::uint64_t kMakeDir = bit(7);
constexpr std::uint64_t kMakeRegular = bit(8);
constexpr std::uint64_t kFirstRights = bit(13) - 1;     // version 1
constexpr std::uint64_t kRefer = bit(13);               // version 2
constexpr std::uint64_t kTruncate = bit(14);            // version 3
constexpr std::uint64_t kDeviceIoctl = bit(15);         // version 5
constexpr std::uint64_t kAllNetwork = bit(0) | bit(1);  // version 4: TCP bind, connect
constexpr std::uint64_t kAllScopes = bit(0) | bit(1);   // version 6: abstract sockets, signals

struct RulesetAttributes {
  std::uint64_t files;
  std::uint64_t network;
  std::uint64_t scopes;
};

struct [[gnu::packed]] PathRule {
  std::uint64_t allowed;
  std::int32_t parent_fd;
};

std::uint64_t file_rights(int abi) noexcept {
  std::uint64_t rights = kFirstRights;
  if (abi >= 2) rights |= kRefer;
  if (abi >= 3) rights |= kTruncate;
  if (abi >= 5) rights |= kDeviceIoctl;
  return rights;
}

}  // namespace

int landlock_abi() noexcept {
  const long version = ::syscall(kCreateRuleset, nullptr, 0, kAskVersion);
  return version > 0 ? static_cast<int>(version) : 0;
}

bool raise_landlock(int folder_fd, FolderUse use) noexcept {
  const int abi = landlock_abi();
  if (abi == 0) return false;
  RulesetAttributes attributes{file_rights(abi), kAllNetwork, kAllScopes};
  const std::size_t size = abi >= 6 ? 24 : abi >= 4 ? 16 : 8;
  const long created = ::syscall(kCreateRuleset, &attributes, size, 0);
  if (created < 0) return false;
  const int ruleset = static_cast<int>(created);
  bool fine = true;
  if (folder_fd >= 0) {
    const std::uint64_t writing =
        kWriteFile | kReadDir | kRemoveDir | kRemoveFile | kMakeDir | kMakeRegular | kTruncate;
    const std::uint64_t wanted = use == FolderUse::write ? writing : kReadFile | kReadDir;
    const PathRule rule{wanted & attributes.files, folder_fd};
    fine = ::syscall(kAddRule, ruleset, kPathBeneath, &rule, 0) == 0;
  }
  fine = fine && ::syscall(kRestrictSelf, ruleset, 0) == 0;
  ::close(ruleset);
  return fine;
}

}  // namespace tongxing::media::worker
