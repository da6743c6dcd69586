// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/secret_lane.hpp"

#include <utility>

namespace tongxing::app {

SecretLane::SecretLane(const std::filesystem::path& database, std::size_t threads, std::size_t queue_limit)
    : queue_limit_(queue_limit) {
  for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this, database] { work(database); });
}

SecretLane::~SecretLane() {
  stop();
}

bool SecretLane::submit(Job job) {
  {
    const std::scoped_lock lock(mutex_);
    if (stopping_ || queue_.size() >= queue_limit_) return false;
    queue_.push_back(std::move(job));
  }
  wake_.notify_one();
  return true;
}

void SecretLane::stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  threads_.clear();
}

void SecretLane::work(const std::filesystem::path& database) {
  storage::Connection connection(database, storage::Connection::Access::read_only);
  while (true) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;
      job = std::move(queue_.front());
      queue_.pop_front();
    }
    job(connection);
  }
}

}  // namespace tongxing::app
