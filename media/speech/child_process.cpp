// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/speech/child_process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace tongxing::media::speech {

namespace {

using Clock = std::chrono::steady_clock;

class Descriptor {
 public:
  explicit Descriptor(int fd = -1) noexcept : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }
  [[nodiscard]] int get() const noexcept { return fd_; }
  [[nodiscard]] bool open() const noexcept { return fd_ >= 0; }
  void close() noexcept {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }

 private:
  int fd_;
};

class SpawnActions {
 public:
  SpawnActions() { ::posix_spawn_file_actions_init(&actions_); }
  ~SpawnActions() { ::posix_spawn_file_actions_destroy(&actions_); }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;
  void duplicate(int from, int to) { ::posix_spawn_file_actions_adddup2(&actions_, from, to); }
  [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

class SpawnAttributes {
 public:
  SpawnAttributes() {
    ::posix_spawnattr_init(&attributes_);
    sigset_t all;
    sigfillset(&all);
    sigset_t none;
    sigemptyset(&none);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    ::posix_spawnattr_setflags(&attributes_,
                               POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  }
  ~SpawnAttributes() { ::posix_spawnattr_destroy(&attributes_); }
  SpawnAttributes(const SpawnAttributes&) = delete;
  SpawnAttributes& operator=(const SpawnAttributes&) = delete;
  [[nodiscard]] const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_{};
};

/// A running child; killed with its group and waited for at the end, whatever happens.
class Child {
 public:
  explicit Child(pid_t pid) noexcept : pid_(pid) {}
  ~Child() { static_cast<void>(end()); }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// Whether it has ended by itself with code 0 before `deadline`.
  [[nodiscard]] bool ended_well(Clock::time_point deadline) {
    constexpr long step_ns = 2'000'000;
    int status = 0;
    for (;;) {
      const pid_t done = ::waitpid(pid_, &status, WNOHANG);
      if (done == pid_) break;
      if (done < 0 || Clock::now() >= deadline) return false;
      const timespec pause{0, step_ns};
      ::nanosleep(&pause, nullptr);
    }
    ::kill(-pid_, SIGKILL);  // those that it left behind
    pid_ = -1;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }

 private:
  bool end() noexcept {
    if (pid_ <= 0) return false;
    ::kill(-pid_, SIGKILL);
    ::kill(pid_, SIGKILL);
    return ::waitpid(pid_, nullptr, 0) == pid_;
  }

  pid_t pid_;
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

std::optional<pid_t> spawn(std::vector<std::string> words, std::vector<std::string> environment, int input,
                           int output) {
  for (char** known = environ; known != nullptr && *known != nullptr; ++known) {
    const std::string_view entry(*known);
    const auto name = entry.substr(0, entry.find('=') + 1);
    const bool replaced =
        std::ranges::any_of(environment, [&](const auto& ours) { return ours.starts_with(name); });
    if (!replaced) environment.emplace_back(entry);
  }
  SpawnActions actions;
  actions.duplicate(input, STDIN_FILENO);
  actions.duplicate(output, STDOUT_FILENO);
  const SpawnAttributes attributes;
  auto argv = pointers(words);
  auto envp = pointers(environment);
  pid_t pid = -1;
  const int failed = ::posix_spawnp(&pid, argv[0], actions.get(), attributes.get(), argv.data(), envp.data());
  return failed == 0 ? std::optional(pid) : std::nullopt;
}

/// Feeds and reads until the child closes its output. False: too slow or too much.
class Exchange {
 public:
  Exchange(Descriptor to, Descriptor from, std::string_view input, std::size_t most)
      : to_(std::move(to)), from_(std::move(from)), input_(input), most_(most) {}

  [[nodiscard]] bool run(Clock::time_point deadline) {
    while (from_.open()) {
      const auto left =
          std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
      if (left <= 0 || output_.size() > most_) return false;
      std::array<pollfd, 2> waits{pollfd{from_.get(), POLLIN, 0}, pollfd{to_.get(), POLLOUT, 0}};
      const int ready =
          ::poll(waits.data(), waits.size(), static_cast<int>(std::min<long long>(left, 60'000)));
      if (ready < 0 && errno != EINTR) return false;
      if (ready <= 0) continue;
      if (waits[0].revents != 0) read_some();
      if (to_.open() && waits[1].revents != 0) write_some();
    }
    return output_.size() <= most_;
  }
  [[nodiscard]] std::string take() { return std::move(output_); }

 private:
  void read_some() {
    std::array<char, 65536> buffer;  // NOLINT(cppcoreguidelines-pro-type-member-init): read fills it
    const ssize_t count = ::read(from_.get(), buffer.data(), buffer.size());
    if (count > 0)
      output_.append(buffer.data(), static_cast<std::size_t>(count));
    else if (count == 0 || errno != EINTR)
      from_.close();
  }

  void write_some() {
    const ssize_t count =
        input_.empty() ? 0 : ::send(to_.get(), input_.data(), input_.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count > 0) input_.remove_prefix(static_cast<std::size_t>(count));
    const bool broken = count < 0 && errno != EAGAIN && errno != EINTR;
    if (input_.empty() || broken) to_.close();  // a program may stop reading: what it says decides
  }

  Descriptor to_;
  Descriptor from_;
  std::string_view input_;
  std::size_t most_;
  std::string output_;
};

}  // namespace

std::optional<std::string> run_child(const std::vector<std::string>& words,
                                     const std::vector<std::string>& environment, std::string_view input,
                                     const ChildLimits& limits) {
  if (words.empty()) return std::nullopt;
  std::array<int, 2> in{};
  std::array<int, 2> out{};
  // A socket rather than a pipe: a write to a program that is gone must not raise SIGPIPE.
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, in.data()) != 0) return std::nullopt;
  Descriptor in_ours(in[0]);
  Descriptor in_theirs(in[1]);
  if (::pipe2(out.data(), O_CLOEXEC) != 0) return std::nullopt;
  Descriptor out_ours(out[0]);
  Descriptor out_theirs(out[1]);
  const auto deadline = Clock::now() + limits.time;
  const auto pid = spawn(words, environment, in_theirs.get(), out_theirs.get());
  if (!pid) return std::nullopt;
  Child child(*pid);
  in_theirs.close();
  out_theirs.close();
  Exchange exchange(std::move(in_ours), std::move(out_ours), input, limits.bytes);
  if (!exchange.run(deadline) || !child.ended_well(deadline)) return std::nullopt;
  return exchange.take();
}

}  // namespace tongxing::media::speech
