// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/worker/sandbox.hpp"

#include "media/worker/walls.hpp"

#include <algorithm>
#include <csignal>
#include <utility>

#include <linux/capability.h>
#include <malloc.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define TONGXING_SANITIZED 1  // reserves terabytes of addresses
#endif
#endif

#ifdef TONGXING_SANITIZED
// The leak checker forks and traces at the end of a process: not in here.
extern "C" const char* __asan_default_options();  // NOLINT
extern "C" const char* __asan_default_options() {
  return "detect_leaks=0";
}  // NOLINT
#endif

namespace tongxing::media::worker {

namespace {

[[maybe_unused]] constexpr rlim_t kProbeMemory = 1U << 30U;
[[maybe_unused]] constexpr rlim_t kPackageMemory = rlim_t{3} << 30U;
constexpr rlim_t kFileBytes = 512U << 20U;  // one segment is a few megabytes
constexpr rlim_t kDescriptors = 64;
constexpr rlim_t kProbeSeconds = 60;
constexpr rlim_t kMostSeconds = 6 * 3600;
constexpr int kNice = 10;  // the pages come first

bool limit(__rlimit_resource_t what, rlim_t soft, rlim_t hard) {
  rlimit now{};
  if (::getrlimit(what, &now) != 0) return false;
  const rlimit wanted{std::min(soft, now.rlim_max), std::min(hard, now.rlim_max)};
  return ::setrlimit(what, &wanted) == 0;
}

bool raise_limits(Room room) {
  const rlim_t seconds = room == Room::probe ? kProbeSeconds : kMostSeconds;
  bool fine = limit(RLIMIT_CPU, seconds, seconds) && limit(RLIMIT_FSIZE, kFileBytes, kFileBytes) &&
              limit(RLIMIT_NOFILE, kDescriptors, kDescriptors) && limit(RLIMIT_CORE, 0, 0);
#ifndef TONGXING_SANITIZED
  ::mallopt(M_ARENA_MAX, 2);  // each arena takes 64 MiB of addresses, and addresses are what is limited
  const rlim_t memory = room == Room::probe ? kProbeMemory : kPackageMemory;
  fine = limit(RLIMIT_AS, memory, memory) && fine;
#endif
  ::setpriority(PRIO_PROCESS, 0, kNice);
  return fine;
}

bool drop_privileges_for_good() {
  return ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 && ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 &&
         ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

bool leave_namespaces() {
  constexpr int apart = CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWNS;
  return ::unshare(CLONE_NEWUSER | apart) == 0 || ::unshare(apart) == 0 || ::unshare(CLONE_NEWNET) == 0;
}

bool enter_root(int output_fd) {
  return output_fd >= 0 && ::fchdir(output_fd) == 0 && ::chroot(".") == 0 && ::chdir("/") == 0;
}

bool drop_capabilities() {
  for (int capability = 0; ::prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; ++capability) {
    ::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
  }
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct none[2]{};
  return ::syscall(SYS_capset, &header, none) == 0;
}

}  // namespace

bool Walls::sufficient() const noexcept {
  return limits && no_new_privileges && seccomp && (landlock || root);
}

std::string Walls::describe() const {
  const std::pair<const char*, bool> all[] = {
      {"limits", limits},  {"no_new_privileges", no_new_privileges}, {"namespaces", namespaces},
      {"root", root},      {"no_capabilities", no_capabilities},     {"landlock", landlock},
      {"seccomp", seccomp}};
  std::string text;
  for (const auto& [name, stands] : all) {
    if (!text.empty()) text += ' ';
    text += stands ? name : std::string("-") + name;
  }
  return text + " landlock_abi=" + std::to_string(landlock_abi);
}

Walls lock_in(int folder_fd, Room room) {
  Walls walls;
  walls.limits = raise_limits(room);
  walls.no_new_privileges = drop_privileges_for_good();
  walls.namespaces = leave_namespaces();
  walls.root = enter_root(folder_fd);
  walls.no_capabilities = drop_capabilities();
  walls.landlock_abi = landlock_abi();
  walls.landlock = raise_landlock(folder_fd, room == Room::verify ? FolderUse::read : FolderUse::write);
  walls.seccomp = raise_seccomp();
  return walls;
}

void limit_cpu(std::chrono::microseconds source_length) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(source_length).count();
  if (seconds <= 0) return;
  constexpr rlim_t kStart = 120;
  limit(RLIMIT_CPU, std::min(kMostSeconds, static_cast<rlim_t>(seconds) * 20 + kStart), kMostSeconds);
}

}  // namespace tongxing::media::worker
