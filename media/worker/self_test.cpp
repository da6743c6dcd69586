// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/worker/self_test.hpp"

#include "media/model/job.hpp"
#include "media/worker/sandbox.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tongxing::media::worker {

namespace {

constexpr int kHeld = 0;
constexpr int kFell = 1;

/// What is tried inside the room. Returns kHeld where the room behaved.
using Try = int (*)(int output_fd);

int try_socket(int) {
  return ::socket(AF_INET, SOCK_STREAM, 0) < 0 ? kHeld : kFell;
}
int try_local_socket(int) {
  return ::socket(AF_UNIX, SOCK_STREAM, 0) < 0 ? kHeld : kFell;
}
int try_read_passwords(int) {
  return ::open("/etc/shadow", O_RDONLY) < 0 && ::open("/etc/passwd", O_RDONLY) < 0 ? kHeld : kFell;
}
int try_read_self(int) {
  return ::open("/proc/self/maps", O_RDONLY) < 0 ? kHeld : kFell;
}
int try_write_above(int output_fd) {
  const int fd = ::openat(output_fd, "../escaped", O_WRONLY | O_CREAT | O_EXCL, 0600);
  // With the room as root, ".." is the room itself: a file in it is no escape.
  return fd < 0 || ::openat(output_fd, "escaped", O_WRONLY) >= 0 ? kHeld : kFell;
}
int try_exec(int) {
  char program[] = "/bin/true";
  char* const arguments[] = {program, nullptr};
  ::execv(program, arguments);
  return kHeld;  // only reached where it failed
}
int try_fork(int) {
  const pid_t child = ::fork();
  if (child == 0) _exit(0);
  return child < 0 ? kHeld : kFell;
}
int try_make_code(int) {
  return ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
                 MAP_FAILED
             ? kHeld
             : kFell;
}
int try_kill_parent(int) {
  return ::kill(::getppid(), 0) < 0 ? kHeld : kFell;
}

int must_work(int output_fd) {
  int result = kFell;
  std::thread worker([&] {
    const int folder = ::mkdirat(output_fd, "inside", 0700);
    const int fd = ::openat(output_fd, "inside/file.tmp", O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const bool written = folder == 0 && fd >= 0 && ::write(fd, "x", 1) == 1 && ::fsync(fd) == 0;
    if (written && ::renameat(output_fd, "inside/file.tmp", output_fd, "inside/file") == 0) result = kHeld;
  });
  worker.join();
  return result;
}

struct Named {
  const char* name;
  Try attempt;
  bool may_die;  ///< killed by the system call filter counts as held
};

constexpr Named kTries[] = {
    {"socket", try_socket, true},
    {"local_socket", try_local_socket, true},
    {"read_passwords", try_read_passwords, false},
    {"read_self", try_read_self, false},
    {"write_above", try_write_above, true},
    {"exec", try_exec, true},
    {"fork", try_fork, true},
    {"make_code", try_make_code, true},
    {"kill_parent", try_kill_parent, true},
    {"work", must_work, false},
};

/// An empty folder that goes away with this object.
class Scratch {
 public:
  Scratch() {
    std::string pattern = (std::filesystem::temp_directory_path() / "tongxing-self-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

/// Runs one try in a locked child.
bool holds(const Named& test, const std::filesystem::path& folder) {
  std::filesystem::create_directory(folder);
  const pid_t child = ::fork();
  if (child < 0) return false;
  if (child == 0) {
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || !lock_in(fd, Room::package).sufficient()) ::_exit(kFell);
    ::_exit(test.attempt(fd));
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
  }
  if (WIFEXITED(status)) return WEXITSTATUS(status) == kHeld;
  return test.may_die && WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS;
}

/// Asks a locked child which walls it has. Through a pipe that it inherited.
std::string ask_walls(const std::filesystem::path& folder) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return "unknown";
  const pid_t child = ::fork();
  if (child == 0) {
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const std::string text = lock_in(fd, Room::package).describe();
    const ssize_t put = ::write(ends[1], text.data(), text.size());
    ::_exit(put < 0 ? kFell : kHeld);
  }
  ::close(ends[1]);
  std::string text(512, '\0');
  const ssize_t got = child < 0 ? 0 : ::read(ends[0], text.data(), text.size());
  ::close(ends[0]);
  int status = 0;
  if (child > 0) ::waitpid(child, &status, 0);
  text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return text;
}

}  // namespace

int self_test_command() {
  const Scratch scratch;
  if (scratch.path().empty()) {
    std::fputs("{\"ok\":false,\"walls\":\"no temporary folder\",\"tries\":{}}\n", stdout);
    return static_cast<int>(model::ExitCode::resources);
  }
  bool ok = true;
  std::string tries;
  for (const Named& test : kTries) {
    const bool held = holds(test, scratch.path() / test.name);
    ok = ok && held;
    tries += (tries.empty() ? "\"" : ",\"") + std::string(test.name) + "\":" + (held ? "true" : "false");
  }
  std::printf("{\"ok\":%s,\"walls\":\"%s\",\"tries\":{%s}}\n", ok ? "true" : "false",
              ask_walls(scratch.path()).c_str(), tries.c_str());
  return static_cast<int>(ok ? model::ExitCode::done : model::ExitCode::resources);
}

}  // namespace tongxing::media::worker
