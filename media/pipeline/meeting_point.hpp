// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <utility>

namespace tongxing::media::pipeline {

/// A value that one stage finds out and another waits for. `abandon` lets the waiting one fail instead of
/// waiting on.
template <typename T>
class MeetingPoint {
 public:
  void set(T value) {
    const std::lock_guard lock(mutex_);
    value_ = std::move(value);
    changed_.notify_all();
  }

  void abandon() {
    const std::lock_guard lock(mutex_);
    abandoned_ = true;
    changed_.notify_all();
  }

  [[nodiscard]] T wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return value_.has_value() || abandoned_; });
    if (!value_) throw std::runtime_error("the other stage gave up");
    return *value_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<T> value_;
  bool abandoned_ = false;
};

}  // namespace tongxing::media::pipeline
