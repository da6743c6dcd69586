// SPDX-License-Identifier: GPL-3.0-or-later
// bench_commit [--folder PATH] [--seconds N] [--json]: events acknowledged after fsync, per second, in
// process. Each submitter has one event on its way at a time, as a player that waits for its answer. `append`
// writes the event; `folded` also reads and writes the learner's row, as a heartbeat does.
#include "server/storage/database.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <unistd.h>

namespace {

using namespace tongxing;
using namespace tongxing::storage;
using BenchClock = std::chrono::steady_clock;

enum class Work { append, folded };

struct Options {
  std::filesystem::path folder = std::filesystem::temp_directory_path();
  double seconds = 2;
  bool json = false;
};

struct Figures {
  double per_second = 0;
  double p50_ms = 0;
  double p99_ms = 0;
  double mean_group = 0;
  Milliseconds slowest_commit{0};
};

/// One learner in a closed loop: the answer to an event sends the next one.
struct Learner {
  std::string session;
  std::int64_t seq = 0;
  BenchClock::time_point sent{};
};

void seed(Connection& c, int learners) {
  c.run(
      "INSERT INTO accounts (id, login, display_name, password_hash, status, created_at) "
      "VALUES ('a', 'a', 'a', 'x', 'ACTIVE', 0)");
  c.run("INSERT INTO courses (id, author_id, created_at) VALUES ('c', 'a', 0)");
  c.run(
      "INSERT INTO course_versions (id, course_id, number, state, title, summary, language, policy, "
      "created_at) "
      "VALUES ('v', 'c', 1, 'PUBLISHED', 't', 's', 'cmn', 'OPEN', 0)");
  for (int i = 0; i < learners; ++i) {
    const std::string id = "l" + std::to_string(i);
    c.run("INSERT INTO lessons (id, course_id, created_at) VALUES (?1, 'c', 0)", id);
    c.run(
        "INSERT INTO playback_sessions (id, account_id, lesson_id, version_id, ordinal, state, policy, "
        "last_accepted_at, started_at) VALUES (?1, 'a', ?1, 'v', 1, 'ACTIVE', 'p', 0, 0)",
        id);
    c.run(
        "INSERT INTO lesson_progress (account_id, lesson_id, intervals, unique_ms, credited_ms, resume_ms, "
        "state, "
        "updated_at) VALUES ('a', ?1, '', 0, 0, 0, 'IN_PROGRESS', 0)",
        id);
  }
}

Verdict write_event(Connection& c, const Learner& learner, Work work) {
  const std::int64_t to = learner.seq * 15'000;
  c.run(
      "INSERT INTO learning_events (session_id, seq, from_ms, to_ms, wall_ms, form, speed_percent, "
      "received_at, "
      "accepted, reason, credited_ms) VALUES (?1, ?2, ?3, ?4, 15000, 'plain', 100, ?4, 1, '', 15000)",
      learner.session, learner.seq, to - 15'000, to);
  if (work == Work::append) return Verdict::commit;
  std::int64_t unique = 0;
  {
    Rows rows = c.query("SELECT unique_ms FROM lesson_progress WHERE account_id = 'a' AND lesson_id = ?1",
                        learner.session);
    if (rows.next()) unique = rows.get<std::int64_t>(0);
  }
  c.run(
      "UPDATE lesson_progress SET intervals = ?2, unique_ms = ?3, resume_ms = ?3, updated_at = ?3 "
      "WHERE account_id = 'a' AND lesson_id = ?1",
      learner.session, "0-" + std::to_string(to), unique + 15'000);
  return Verdict::commit;
}

class Bench {
 public:
  Bench(Database& database, int submitters, Work work) : database_(database), work_(work) {
    for (int i = 0; i < submitters; ++i) learners_.push_back({"l" + std::to_string(i)});
    took_us_.reserve(4'000'000);
  }

  Figures run(double seconds) {
    const DatabaseStatistics before = database_.statistics();
    const auto began = BenchClock::now();
    in_flight_ = static_cast<int>(learners_.size());
    for (Learner& learner : learners_) send(learner);
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
    ending_ = true;
    while (in_flight_ > 0) std::this_thread::sleep_for(Milliseconds{1});
    const double took = std::chrono::duration<double>(BenchClock::now() - began).count();
    const DatabaseStatistics after = database_.statistics();
    std::ranges::sort(took_us_);
    const auto at = [this](double share) {
      const auto index = static_cast<std::size_t>(share * static_cast<double>(took_us_.size() - 1));
      return static_cast<double>(took_us_[index]) / 1'000;
    };
    const auto jobs = static_cast<double>(after.committed_jobs - before.committed_jobs);
    return {jobs / took, at(0.5), at(0.99), jobs / static_cast<double>(after.commits - before.commits),
            after.slowest_commit};
  }

 private:
  void send(Learner& learner) {
    ++learner.seq;
    learner.sent = BenchClock::now();
    const bool taken =
        database_.submit_write([this, &learner](Connection& c) { return write_event(c, learner, work_); },
                               [this, &learner](WriteOutcome outcome) { answered(learner, outcome); });
    if (!taken) std::abort();
  }

  /// On the writer thread, like everything that touches `took_us_`.
  void answered(Learner& learner, WriteOutcome outcome) {
    if (outcome != WriteOutcome::committed) std::abort();
    took_us_.push_back(
        std::chrono::duration_cast<std::chrono::microseconds>(BenchClock::now() - learner.sent).count());
    if (ending_) {
      --in_flight_;
    } else {
      send(learner);
    }
  }

  Database& database_;
  const Work work_;
  std::vector<Learner> learners_;
  std::vector<std::int64_t> took_us_;
  std::atomic<bool> ending_ = false;
  std::atomic<int> in_flight_ = 0;
};

Options options_of(int count, char** arguments) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string_view name = arguments[i];
    if (name == "--json") options.json = true;
    if (name == "--folder" && i + 1 < count) options.folder = arguments[++i];
    if (name == "--seconds" && i + 1 < count) options.seconds = std::atof(arguments[++i]);
  }
  return options;
}

void measure(const Options& options, int submitters, Work work) {
  const auto folder = options.folder / ("tongxing-bench-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  Figures figures;
  {
    const auto database = Database::open(folder / "tongxing.db");
    database->write([&](Connection& c) {
      seed(c, submitters);
      return Verdict::commit;
    });
    figures = Bench(*database, submitters, work).run(options.seconds);
  }
  std::filesystem::remove_all(folder);
  const char* name = work == Work::append ? "append" : "folded";
  if (options.json) {
    std::printf(
        "{\"bench\":\"commit\",\"work\":\"%s\",\"submitters\":%d,\"per_second\":%.0f,\"p50_ms\":%.3f,\"p99_"
        "ms\":%.3f,"
        "\"mean_group\":%.1f}\n",
        name, submitters, figures.per_second, figures.p50_ms, figures.p99_ms, figures.mean_group);
  } else {
    std::printf("%-8s %6d %12.0f/s   p50 %8.3f ms   p99 %8.3f ms   group %7.1f   slowest commit %lld ms\n",
                name, submitters, figures.per_second, figures.p50_ms, figures.p99_ms, figures.mean_group,
                static_cast<long long>(figures.slowest_commit.count()));
  }
  std::fflush(stdout);
}

}  // namespace

int main(int count, char** arguments) {
  const Options options = options_of(count, arguments);
  for (const Work work : {Work::append, Work::folded}) {
    for (const int submitters : {1, 16, 256, 1'000}) measure(options, submitters, work);
  }
  return 0;
}
