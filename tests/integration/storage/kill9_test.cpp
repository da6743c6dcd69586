// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/data_folder.hpp"
#include "server/storage/database.hpp"
#include "tests/integration/storage/rows.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_database.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace tongxing;
using namespace tongxing::storage;

namespace {

constexpr int kKills = 50;
constexpr int kSubmitters = 4;

/// Writes as fast as it can and says the number of each acknowledged change on the pipe. Never returns.
[[noreturn]] void serve(const std::filesystem::path& root, int round, int pipe) {
  try {
    const DataFolder folder(root);
    DatabaseOptions options;
    options.checkpoint_bytes = 256 << 10;  // so that kills fall into checkpoints too
    const auto database = Database::open(folder.layout().database(), options);
    std::vector<std::thread> submitters;
    std::atomic<int> next = 0;
    for (int i = 0; i < kSubmitters; ++i) {
      submitters.emplace_back([&] {
        while (true) {
          const int number = ++next;
          const std::string name = std::to_string(round) + "-" + std::to_string(number);
          const std::string value(static_cast<std::size_t>(number * 37 % 3'000), 'x');
          database->write([&](Connection& c) { return tests::put_pair(c, name, value); });
          if (::write(pipe, &number, sizeof number) != static_cast<ssize_t>(sizeof number)) std::_Exit(3);
        }
      });
    }
    for (std::thread& submitter : submitters) submitter.join();
  } catch (...) {
  }
  std::_Exit(4);
}

/// One life and death of the server; adds what it acknowledged. Returns false when it ended by itself.
bool live_and_die(const std::filesystem::path& root, int round, std::chrono::microseconds life,
                  std::set<std::string>& acknowledged) {
  std::array<int, 2> pipe{};
  REQUIRE(::pipe(pipe.data()) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::close(pipe[0]);
    serve(root, round, pipe[1]);
  }
  ::close(pipe[1]);
  std::jthread killer([child, life] {
    std::this_thread::sleep_for(life);
    ::kill(child, SIGKILL);
  });
  int number = 0;
  while (::read(pipe[0], &number, sizeof number) == static_cast<ssize_t>(sizeof number)) {
    acknowledged.insert(std::to_string(round) + "-" + std::to_string(number));
  }
  ::close(pipe[0]);
  int status = 0;
  killer.join();
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

}  // namespace

TEST_CASE("fifty kills lose nothing that was acknowledged") {
  const unsigned seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937 random(seed);
  std::uniform_int_distribution<int> life(0, 120'000);
  tests::TempFolder folder;
  const std::filesystem::path root = folder.path() / "data";
  std::set<std::string> acknowledged;
  std::set<std::string> kept;
  for (int round = 0; round < kKills; ++round) {
    CAPTURE(round);
    REQUIRE(live_and_die(root, round, std::chrono::microseconds(life(random)), acknowledged));
    if (!std::filesystem::exists(root)) continue;  // killed before it had made its folder
    const DataFolder data(root);                   // the lock of the dead is gone
    const auto database = Database::open(data.layout().database());
    database->read([&](Connection& c) {
      const tests::Pairs pairs = tests::pairs_in(c);
      CHECK(pairs.halves == 0);
      int lost = 0;
      for (const std::string& name : acknowledged) lost += pairs.names.contains(name) ? 0 : 1;
      CHECK(lost == 0);
      CHECK(tests::integrity(c) == "ok");
      kept = pairs.names;
    });
  }
  CHECK(acknowledged.size() > 500);  // otherwise nothing was tried
  WARN(kKills << " kills, " << acknowledged.size() << " acknowledged, " << kept.size() << " kept");
}
