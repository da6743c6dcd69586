// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/cli/said.hpp"

#include "server/jobs/job_runner.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tongxing::cli {

namespace {

constexpr int kBug = 70;

}  // namespace

Said::Said(const char* name) : fd_(::memfd_create(name, MFD_CLOEXEC)) {}

Said::~Said() {
  ::close(fd_);
}

std::string Said::text() const {
  std::string all;
  std::array<char, 1U << 16U> part{};
  for (;;) {
    const auto got = ::pread(fd_, part.data(), part.size(), static_cast<off_t>(all.size()));
    if (got <= 0) return all;
    all.append(part.data(), static_cast<std::size_t>(got));
  }
}

int run_to_end(const std::vector<std::string>& arguments, const Said* output, const Said& errors) {
  std::vector<std::string> words{jobs::default_worker().string()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  if (output != nullptr) ::posix_spawn_file_actions_adddup2(&actions, output->fd(), STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, errors.fd(), STDERR_FILENO);
  pid_t child = 0;
  const int failed = ::posix_spawn(&child, words.front().c_str(), &actions, nullptr, argv.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) {
    std::fprintf(stderr, "tongxing: %s: %s\n", words.front().c_str(), std::strerror(failed));
    return kBug;
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : kBug;
}

}  // namespace tongxing::cli
