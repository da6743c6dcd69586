// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/job.hpp"
#include "media/package_json/package_json.hpp"
#include "server/jobs/process.hpp"
#include "server/storage/files.hpp"
#include "tests/support/catch.hpp"

#include <atomic>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace tongxing::tests {

/// What one worker does: `make` writes its output, then the lines come, then it ends; or it goes on for ever.
struct Script {
  std::vector<std::string> lines;
  jobs::ProcessExit exit{};
  std::function<void(const media::model::JobSpec&)> make = [](const media::model::JobSpec&) {};
  /// The same for a worker that is told by arguments what to do.
  std::function<void(const std::vector<std::string>&)> act = [](const std::vector<std::string>&) {};
  bool endless = false;   ///< says nothing after its lines, until a signal
  bool stubborn = false;  ///< SIGTERM does not end it
};

class FakeProcess final : public jobs::WorkerProcess {
 public:
  FakeProcess(Script script, std::atomic<int>& terminated, std::atomic<int>& killed)
      : script_(std::move(script)), terminated_(terminated), killed_(killed) {}

  Read read_line(std::string& line, Milliseconds) override {
    if (next_ < script_.lines.size()) {
      line = script_.lines[next_++];
      return line.size() > kLongestLine ? Read::too_long : Read::line;
    }
    if (script_.endless && !ended_) {
      std::this_thread::sleep_for(Milliseconds{2});
      return Read::nothing;
    }
    ended_ = true;
    return Read::end;
  }
  std::optional<jobs::ProcessExit> wait(Milliseconds) override {
    if (!ended_) return std::nullopt;
    return script_.exit;
  }
  void terminate() override {
    ++terminated_;
    if (!script_.stubborn) ended_ = true;
  }
  void kill() override {
    if (!ended_) ++killed_;
    ended_ = true;
  }

 private:
  Script script_;
  std::atomic<int>& terminated_;
  std::atomic<int>& killed_;
  std::size_t next_ = 0;
  bool ended_ = false;
};

class FakeLauncher final : public jobs::ProcessLauncher {
 public:
  void add(Script script) {
    const std::lock_guard lock(mutex_);
    scripts_.push_back(std::move(script));
  }

  std::unique_ptr<jobs::WorkerProcess> start(const jobs::Launch& launch) override {
    Script script;
    if (launch.arguments.size() > 1 && launch.arguments[1] == "verify") {
      ++verified;
      const std::lock_guard lock(mutex_);
      return std::make_unique<FakeProcess>(verdict, terminated, killed);
    }
    {
      const std::lock_guard lock(mutex_);
      ++started;
      if (scripts_.empty())
        throw std::system_error(std::make_error_code(std::errc::no_such_file_or_directory));
      script = std::move(scripts_.front());
      scripts_.pop_front();
    }
    const auto text = storage::read_small_file(launch.arguments.back(), 100'000);
    const auto spec = media::read_job(text.value_or(""));
    if (spec) script.make(*spec);
    script.act(launch.arguments);
    return std::make_unique<FakeProcess>(std::move(script), terminated, killed);
  }

  /// What every second process says that reads a package back.
  Script verdict{{R"({"event":"done"})"}, {false, 0}};
  std::atomic<int> started = 0;  ///< those that make packages
  std::atomic<int> verified = 0;
  std::atomic<int> terminated = 0;
  std::atomic<int> killed = 0;

 private:
  std::mutex mutex_;
  std::deque<Script> scripts_;
};

}  // namespace tongxing::tests
