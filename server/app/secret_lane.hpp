// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/storage/connection.hpp"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <filesystem>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace tongxing::app {

/// The key-derivation threads: the only place where Argon2id runs, so that a flood of sign-ins can neither
/// take the memory of the machine nor hold up pages. Each thread has its own read-only connection. Bounded:
/// full means refused. Owner: the composition root. Thread-safe.
class SecretLane {
 public:
  using Job = std::move_only_function<void(storage::Connection&)>;

  SecretLane(const std::filesystem::path& database, std::size_t threads, std::size_t queue_limit);
  ~SecretLane();
  SecretLane(const SecretLane&) = delete;
  SecretLane& operator=(const SecretLane&) = delete;

  /// False when the queue is full or the lane is stopping; the job is then dropped untouched.
  [[nodiscard]] bool submit(Job job);
  /// Finishes what waits and joins. Idempotent.
  void stop();

 private:
  void work(const std::filesystem::path& database);

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> queue_;
  std::size_t queue_limit_;
  bool stopping_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace tongxing::app
