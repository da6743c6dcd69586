// SPDX-License-Identifier: GPL-3.0-or-later
// Spoiled uploads (reliability T-08): every one through the real worker. TONGXING_MUTANTS=5000 makes more of
// them.
#include "tests/media/engine_fixture.hpp"
#include "tests/media/mutation.hpp"
#include "tests/media/worker_process.hpp"
#include "tests/support/catch.hpp"

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <mutex>
#include <thread>
#include <vector>

using namespace tongxing::tests;
namespace fs = std::filesystem;

namespace {

constexpr unsigned kUsualMutants = 1008;  // 42 of each of 24 seeds
constexpr std::size_t kProcesses = 2;

unsigned wanted() {
  const char* text = std::getenv("TONGXING_MUTANTS");
  return text == nullptr ? kUsualMutants : static_cast<unsigned>(std::strtoul(text, nullptr, 10));
}

/// What is wrong with how the worker took a file; empty where nothing is. A file may be used (0), refused (2)
/// or ask for more than a job may have (3); it always says which.
std::string complaint(const fs::path& folder, const std::string& content) {
  fs::remove_all(folder);
  fs::create_directories(folder);
  std::ofstream(folder / "upload", std::ios::binary) << content;
  const WorkerRun run = package_by_worker(folder / "upload", folder);
  if (run.signal != 0) return "died of signal " + std::to_string(run.signal);
  if (run.exit_code != 0 && run.exit_code != 2 && run.exit_code != 3)
    return "exit code " + std::to_string(run.exit_code);
  if (run.exit_code != 0 && run.failed_key().empty()) return "refused without a word";
  if ((run.exit_code == 0) != fs::exists(folder / "out" / "package.json"))
    return "exit code and package disagree";
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename();
    if (name != "upload" && name != "job.json" && name != "out") return "wrote " + name;
  }
  return {};
}

struct Tally {
  std::mutex mutex;
  std::vector<std::string> complaints;
};

}  // namespace

TEST_CASE("a thousand spoiled files end no worker badly", "[mutants]") {
  const ScratchFolder scratch;
  const auto seeds = make_seeds(scratch.path());
  REQUIRE(seeds.size() == 24);
  for (const Seed& seed : seeds) {
    CAPTURE(seed.name);
    CHECK(package_by_worker(scratch / seed.name, scratch.path()).exit_code == 0);
    fs::remove_all(scratch / "out");
  }
  Tally tally;
  std::atomic<unsigned> next = 0;
  std::vector<std::thread> threads;
  for (std::size_t thread = 0; thread < kProcesses; ++thread) {
    threads.emplace_back([&, thread] {
      const fs::path folder = scratch / ("process-" + std::to_string(thread));
      for (unsigned number = next++; number < wanted(); number = next++) {
        const std::size_t seed = number % seeds.size();
        const std::string said = complaint(folder, mutant(seeds, seed, number));
        if (said.empty()) continue;
        const std::lock_guard lock(tally.mutex);
        tally.complaints.push_back(seeds[seed].name + " variant " + std::to_string(number) + ": " + said);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& said : tally.complaints) UNSCOPED_INFO(said);
  CHECK(tally.complaints.empty());
  std::cout << wanted() << " spoiled files, " << tally.complaints.size() << " complaints\n";
}
