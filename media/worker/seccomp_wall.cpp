// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/worker/walls.hpp"

#include <cerrno>
#include <cstdint>
#include <memory>

#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define TONGXING_SANITIZED 1
#endif
#endif

namespace tongxing::media::worker {

namespace {

struct Release {
  void operator()(void* filter) const noexcept { seccomp_release(filter); }
};
using Filter = std::unique_ptr<void, Release>;

// Memory, threads, time, and files that are named through a folder which is already open.
constexpr int kAllowed[] = {
    SCMP_SYS(brk),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(futex),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(gettid),
    SCMP_SYS(getpid),
    SCMP_SYS(tgkill),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),
    SCMP_SYS(getrandom),
    SCMP_SYS(getrusage),
    SCMP_SYS(read),
    SCMP_SYS(readv),
    SCMP_SYS(pread64),
    SCMP_SYS(lseek),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    SCMP_SYS(pwrite64),
    SCMP_SYS(fstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(openat),
    SCMP_SYS(close),
    SCMP_SYS(mkdirat),
    SCMP_SYS(mkdir),
    SCMP_SYS(rename),
    SCMP_SYS(renameat),
    SCMP_SYS(renameat2),
    SCMP_SYS(unlinkat),
    SCMP_SYS(fsync),
    SCMP_SYS(fdatasync),
    SCMP_SYS(fcntl),
    SCMP_SYS(prlimit64),
    SCMP_SYS(set_tid_address),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
};

// Harmless questions that libraries ask and can live without an answer to.
constexpr int kRefused[] = {
    SCMP_SYS(ioctl),
    SCMP_SYS(mlock),
    SCMP_SYS(get_mempolicy),
    SCMP_SYS(set_mempolicy),
    SCMP_SYS(mbind),
    SCMP_SYS(sysinfo),
    SCMP_SYS(uname),
    SCMP_SYS(access),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(statx),
    SCMP_SYS(statfs),
    SCMP_SYS(fstatfs),
    SCMP_SYS(open),
    SCMP_SYS(stat),
    SCMP_SYS(lstat),
    SCMP_SYS(getdents64),
    SCMP_SYS(unlink),
    SCMP_SYS(sched_setaffinity),
    SCMP_SYS(sched_setscheduler),
    SCMP_SYS(sched_getscheduler),
    SCMP_SYS(sched_getparam),
    SCMP_SYS(getuid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getegid),
};

/// For MASKED_EQ `a` is the mask and `b` the value.
scmp_arg_cmp condition(unsigned argument, scmp_compare how, std::uint64_t a, std::uint64_t b) {
  scmp_arg_cmp value{};
  value.arg = argument;
  value.op = how;
  value.datum_a = a;
  value.datum_b = b;
  return value;
}

bool add_lists(scmp_filter_ctx filter) {
  bool fine = true;
#ifdef TONGXING_SANITIZED
  for (const int number : {SCMP_SYS(pipe), SCMP_SYS(pipe2)}) {  // how they find out what memory may be read
    fine = seccomp_rule_add(filter, SCMP_ACT_ALLOW, number, 0) == 0 && fine;
  }
#endif
  for (const int number : kAllowed) fine = seccomp_rule_add(filter, SCMP_ACT_ALLOW, number, 0) == 0 && fine;
  for (const int number : kRefused)
    fine = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), number, 0) == 0 && fine;
  return fine;
}

/// Memory never becomes code; new tasks are threads of this process and nothing else.
bool add_conditions(scmp_filter_ctx filter) {
  const scmp_arg_cmp no_exec = condition(2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
  const scmp_arg_cmp exec = condition(2, SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC);
  bool fine = true;
  for (const int number : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) {
    fine = seccomp_rule_add(filter, SCMP_ACT_ALLOW, number, 1, no_exec) == 0 && fine;
    fine = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), number, 1, exec) == 0 && fine;
  }
  const scmp_arg_cmp thread = condition(0, SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD);
  fine = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, thread) == 0 && fine;
  // Its flags lie in memory where a filter cannot look: libc falls back to clone.
  fine = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0 && fine;
  const scmp_arg_cmp name = condition(0, SCMP_CMP_EQ, PR_SET_NAME, 0);
  const scmp_arg_cmp not_name = condition(0, SCMP_CMP_NE, PR_SET_NAME, 0);
  fine = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1, name) == 0 && fine;
  fine = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(prctl), 1, not_name) == 0 && fine;
  return fine;
}

}  // namespace

bool raise_seccomp() noexcept {
#ifdef TONGXING_SANITIZED
  constexpr std::uint32_t otherwise = SCMP_ACT_ERRNO(EACCES);  // the sanitizers ask for much more
#else
  constexpr std::uint32_t otherwise = SCMP_ACT_KILL_PROCESS;
#endif
  const Filter filter(seccomp_init(otherwise));
  if (!filter) return false;
  if (seccomp_attr_set(filter.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) != 0) return false;
  return add_lists(filter.get()) && add_conditions(filter.get()) && seccomp_load(filter.get()) == 0;
}

}  // namespace tongxing::media::worker
