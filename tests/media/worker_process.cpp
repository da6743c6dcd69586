// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/media/worker_process.hpp"

#include "media/package_json/event_json.hpp"
#include "media/package_json/package_json.hpp"

#include <array>
#include <csignal>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tongxing::tests {

namespace model = media::model;

namespace {

/// Everything until the end; `word` seen ends the process `child`.
std::string read_all(int fd, pid_t child, const std::string& word) {
  std::string text;
  bool ended = word.empty();
  std::array<char, 4096> buffer{};
  for (;;) {
    const ssize_t got = ::read(fd, buffer.data(), buffer.size());
    if (got <= 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(got));
    if (ended || text.find(word) == std::string::npos) continue;
    ::kill(child, SIGTERM);
    ended = true;
  }
}

}  // namespace

std::string WorkerRun::failed_key() const {
  for (const auto& event : events) {
    if (const auto* failed = std::get_if<model::Failed>(&event)) return failed->key;
  }
  return {};
}

WorkerRun run_worker(const std::vector<std::string>& arguments) {
  return cancel_worker(arguments, {});
}

WorkerRun cancel_worker(const std::vector<std::string>& arguments, const std::string& word) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  const std::string program = TONGXING_BINARY_DIR "/tongxing-worker";
  std::vector<std::string> words{program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& argument : words) argv.push_back(argument.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int spawned = ::posix_spawn(&child, program.c_str(), &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  if (spawned != 0) throw std::runtime_error("cannot start " + program);

  WorkerRun run;
  run.output = read_all(ends[0], child, word);
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  if (WIFEXITED(status)) run.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) run.signal = WTERMSIG(status);
  std::istringstream lines(run.output);
  for (std::string line; std::getline(lines, line);) {
    if (auto event = media::parse_event(line)) run.events.push_back(std::move(*event));
  }
  return run;
}

WorkerRun package_by_worker(const std::filesystem::path& source, const std::filesystem::path& scratch) {
  model::JobSpec job;
  job.input = source;
  job.output = scratch / "out";
  std::filesystem::create_directory(job.output);
  std::ofstream(scratch / "job.json") << media::to_json(job);
  return run_worker({"package", "--job", scratch / "job.json"});
}

}  // namespace tongxing::tests
