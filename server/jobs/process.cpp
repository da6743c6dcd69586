// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tongxing::jobs {

namespace {

void check(int error, const char* what) {
  if (error != 0) throw std::system_error(error, std::generic_category(), what);
}

class FileActions {
 public:
  FileActions() { check(::posix_spawn_file_actions_init(&actions_), "file actions"); }
  ~FileActions() { ::posix_spawn_file_actions_destroy(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;
  posix_spawn_file_actions_t* get() { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

class Attributes {
 public:
  Attributes() {
    check(::posix_spawnattr_init(&attributes_), "attributes");
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    const int flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP;
    ::posix_spawnattr_setflags(&attributes_, static_cast<short>(flags));
  }
  ~Attributes() { ::posix_spawnattr_destroy(&attributes_); }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;
  posix_spawnattr_t* get() { return &attributes_; }

 private:
  posix_spawnattr_t attributes_{};
};

class PosixProcess final : public WorkerProcess {
 public:
  PosixProcess(pid_t pid, int output) : pid_(pid), output_(output) {}
  ~PosixProcess() override {
    kill();
    while (!wait(Milliseconds{1'000})) {
    }
    ::close(output_);
  }

  Read read_line(std::string& line, Milliseconds wait_for) override {
    const auto deadline = std::chrono::steady_clock::now() + wait_for;
    while (true) {
      if (const auto end = buffer_.find('\n'); end != std::string::npos) {
        line = buffer_.substr(0, end);
        buffer_.erase(0, end + 1);
        return line.size() > kLongestLine ? Read::too_long : Read::line;
      }
      if (buffer_.size() > kLongestLine) return Read::too_long;
      if (ended_) return Read::end;
      const auto left = std::chrono::ceil<Milliseconds>(deadline - std::chrono::steady_clock::now());
      pollfd ready{output_, POLLIN, 0};
      const int found = ::poll(&ready, 1, static_cast<int>(std::max<std::int64_t>(left.count(), 0)));
      if (found < 0 && errno == EINTR) continue;
      if (found == 0) return Read::nothing;
      fill();
    }
  }

  std::optional<ProcessExit> wait(Milliseconds wait_for) override {
    const auto deadline = std::chrono::steady_clock::now() + wait_for;
    while (!exit_) {
      int status = 0;
      const pid_t found = ::waitpid(pid_, &status, WNOHANG);
      if (found == pid_) {
        exit_ = WIFSIGNALED(status) ? ProcessExit{true, WTERMSIG(status)}
                                    : ProcessExit{false, WEXITSTATUS(status)};
      } else if (found < 0 && errno != EINTR) {
        exit_ = ProcessExit{true, 0};  // nobody knows: somebody else waited for it
      } else if (std::chrono::steady_clock::now() >= deadline) {
        return std::nullopt;
      } else {
        std::this_thread::sleep_for(Milliseconds{5});
      }
    }
    return exit_;
  }

  void terminate() override { send(SIGTERM); }
  void kill() override { send(SIGKILL); }

 private:
  void send(int signal) const {
    if (!exit_) ::kill(-pid_, signal);
  }

  void fill() {
    std::array<char, 16 << 10> bytes;
    const ssize_t size = ::read(output_, bytes.data(), bytes.size());
    if (size > 0) {
      buffer_.append(bytes.data(), static_cast<std::size_t>(size));
    } else if (size == 0 || errno != EINTR) {
      ended_ = true;
    }
  }

  pid_t pid_;
  int output_;
  std::string buffer_;
  bool ended_ = false;
  std::optional<ProcessExit> exit_;
};

}  // namespace

std::unique_ptr<WorkerProcess> PosixLauncher::start(const Launch& launch) {
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) check(errno, "pipe");
  pid_t pid = 0;
  try {
    FileActions actions;
    Attributes attributes;
    check(::posix_spawn_file_actions_addopen(actions.get(), 0, "/dev/null", O_RDONLY, 0), "stdin");
    check(::posix_spawn_file_actions_adddup2(actions.get(), pipe[1], 1), "stdout");
    check(::posix_spawn_file_actions_addopen(actions.get(), 2, launch.log.c_str(),
                                             O_WRONLY | O_CREAT | O_TRUNC, 0640),
          "stderr");
    // Whatever forgot its CLOEXEC: the lock, sockets, the database.
    check(::posix_spawn_file_actions_addclosefrom_np(actions.get(), 3), "close");
    std::vector<char*> arguments;
    for (const std::string& argument : launch.arguments)
      arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);
    std::array<std::string, 2> variables{"LC_ALL=C.UTF-8", "TZ=UTC"};
    std::array<char*, 3> environment{variables[0].data(), variables[1].data(), nullptr};
    check(::posix_spawn(&pid, arguments.front(), actions.get(), attributes.get(), arguments.data(),
                        environment.data()),
          launch.arguments.front().c_str());
  } catch (...) {
    ::close(pipe[0]);
    ::close(pipe[1]);
    throw;
  }
  ::close(pipe[1]);
  return std::make_unique<PosixProcess>(pid, pipe[0]);
}

}  // namespace tongxing::jobs
