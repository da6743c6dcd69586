// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/captions_cli/program.hpp"

#include <array>
#include <cstdio>
#include <stdexcept>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tongxing::tests {
namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

/// A file without a name takes what the program writes: unlike a pipe, it never fills.
File scratch() {
  File file{std::tmpfile(), &std::fclose};
  if (!file) throw std::runtime_error("no temporary file");
  return file;
}

std::string content_of(std::FILE* file) {
  std::string text;
  std::array<char, 4096> part{};
  std::rewind(file);
  while (const auto got = std::fread(part.data(), 1, part.size(), file)) text.append(part.data(), got);
  return text;
}

}  // namespace

ProgramRun run_captions(const std::vector<std::string>& arguments) {
  const std::string program = TONGXING_BINARY_DIR "/tongxing";
  std::vector<std::string> words{program, "captions"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const auto output = scratch();
  const auto errors = scratch();
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ::fileno(output.get()), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, ::fileno(errors.get()), STDERR_FILENO);
  pid_t child = 0;
  const int spawned = ::posix_spawn(&child, program.c_str(), &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (spawned != 0) throw std::runtime_error("cannot start " + program);
  int status = 0;
  ::waitpid(child, &status, 0);
  ProgramRun run;
  if (WIFEXITED(status)) run.exit_code = WEXITSTATUS(status);
  run.output = content_of(output.get());
  run.errors = content_of(errors.get());
  return run;
}

}  // namespace tongxing::tests
