// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/process.hpp"

#include "server/storage/files.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_database.hpp"

#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <signal.h>

using namespace tongxing;
using namespace tongxing::jobs;
using namespace std::chrono_literals;

namespace {

struct Shell {
  tests::TempFolder folder;
  PosixLauncher launcher;
  std::unique_ptr<WorkerProcess> run(const std::string& script) {
    return launcher.start({{"/bin/sh", "-c", script}, folder.path() / "log"});
  }
  std::vector<std::string> lines(WorkerProcess& process) {
    std::vector<std::string> found;
    std::string line;
    while (process.read_line(line, 5s) == WorkerProcess::Read::line) found.push_back(line);
    return found;
  }
};

}  // namespace

TEST_CASE("lines, log and exit code of a process arrive") {
  Shell shell;
  const auto process = shell.run("printf 'one\\ntwo\\nunfinished'; echo trouble >&2; exit 3");
  CHECK(shell.lines(*process) == std::vector<std::string>{"one", "two"});
  const auto exit = process->wait(5s);
  REQUIRE(exit);
  CHECK_FALSE(exit->by_signal);
  CHECK(exit->code == 3);
  CHECK(storage::read_small_file(shell.folder.path() / "log", 100) == "trouble\n");
}

TEST_CASE("a process gets no descriptor and no environment of ours") {
  Shell shell;
  const int leaked = ::open("/dev/null", O_RDONLY);  // without CLOEXEC
  REQUIRE(leaked >= 3);
  ::setenv("TONGXING_SECRET", "x", 1);
  const auto process = shell.run("ls /proc/self/fd | wc -l; echo \"[$TONGXING_SECRET]\"");
  const auto lines = shell.lines(*process);
  REQUIRE(lines.size() == 2);
  CHECK(std::stoi(lines[0]) == 4);  // 0, 1, 2 and the folder that ls reads
  CHECK(lines[1] == "[]");
  ::close(leaked);
}

TEST_CASE("a signal ends the whole group, and a read does not wait longer than asked") {
  Shell shell;
  const auto process = shell.run("sleep 100 & sleep 100");
  std::string line;
  CHECK(process->read_line(line, 20ms) == WorkerProcess::Read::nothing);
  CHECK_FALSE(process->wait(20ms));
  process->terminate();
  const auto exit = process->wait(5s);
  REQUIRE(exit);
  CHECK(exit->by_signal);
  CHECK(exit->code == SIGTERM);
  CHECK(process->read_line(line, 5s) == WorkerProcess::Read::end);  // the grandchild is gone too
}

TEST_CASE("a line without end is cut off") {
  Shell shell;
  const auto process =
      shell.run("while :; do printf xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done");
  std::string line;
  CHECK(process->read_line(line, 30s) == WorkerProcess::Read::too_long);
}

TEST_CASE("a program that is not there is a system error") {
  Shell shell;
  CHECK_THROWS_AS(shell.launcher.start({{"/no/such/program"}, shell.folder.path() / "log"}),
                  std::system_error);
}
