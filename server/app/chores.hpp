// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace tongxing::app {

/// Small work that comes round again: sweeping expired uploads and sessions. One thread; each chore runs at
/// the start and then at its interval; one that throws is logged and tried again next time. Owner: the
/// composition root.
class Chores {
 public:
  struct Chore {
    std::string name;
    std::chrono::seconds every;
    std::function<void()> run;
  };

  explicit Chores(std::vector<Chore> chores);
  ~Chores();
  Chores(const Chores&) = delete;
  Chores& operator=(const Chores&) = delete;

  /// Waits for the chore that runs. Idempotent.
  void stop();

 private:
  void work();

  std::vector<Chore> chores_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace tongxing::app
