// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace tongxing::media::pipeline {

/// The threads of one job. The first that throws stops all others (through `stop`); `join` throws that
/// exception again. Joins in its destructor, so that nothing a stage uses may go before it.
class StageGroup {
 public:
  /// `stop` must make every stage end soon; it may be called from any stage's thread, more than once.
  explicit StageGroup(std::function<void()> stop) : stop_(std::move(stop)) {}
  StageGroup(const StageGroup&) = delete;
  StageGroup& operator=(const StageGroup&) = delete;
  ~StageGroup() {
    stop_();
    wait();
  }

  void start(std::function<void()> body) {
    threads_.emplace_back([this, work = std::move(body)] { guard(work); });
  }

  /// Runs a stage on the calling thread.
  void run_here(const std::function<void()>& body) { guard(body); }

  void join() {
    wait();
    if (first_) std::rethrow_exception(first_);
  }

 private:
  void guard(const std::function<void()>& body) {
    try {
      body();
    } catch (...) {
      {
        const std::lock_guard lock(mutex_);
        if (!first_) first_ = std::current_exception();
      }
      stop_();
    }
  }

  void wait() {
    for (std::thread& thread : threads_) {
      if (thread.joinable()) thread.join();
    }
  }

  std::function<void()> stop_;
  std::mutex mutex_;
  std::exception_ptr first_;
  std::vector<std::thread> threads_;
};

}  // namespace tongxing::media::pipeline
