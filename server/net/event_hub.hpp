// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/net/server.hpp"

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace tongxing::net {

/// The queue of one open event stream. Filled from any thread, emptied by the stream's own.
class Subscriber {
 public:
  /// `wake` is called from the publishing thread, once until the queue is taken; it must not block.
  Subscriber(std::size_t capacity, std::function<void()> wake)
      : capacity_(capacity), wake_(std::move(wake)) {}

  void push(const std::shared_ptr<const std::string>& event);
  /// Everything that waits, joined; empty where nothing does.
  [[nodiscard]] std::string take();

 private:
  std::mutex mutex_;
  std::deque<std::shared_ptr<const std::string>> waiting_;
  std::size_t capacity_;
  std::function<void()> wake_;
};

/// Topics and their readers. Thread-safe.
class EventHub final : public Events {
 public:
  /// The hub keeps no owner's hold on the subscriber: it is forgotten once its stream is gone.
  void subscribe(const std::string& topic, const std::shared_ptr<Subscriber>& subscriber);
  void publish(std::string_view topic, std::string event) override;

 private:
  struct Recent {
    std::chrono::steady_clock::time_point at;
    std::string topic;
    std::shared_ptr<const std::string> event;
  };

  std::mutex mutex_;
  std::map<std::string, std::vector<std::weak_ptr<Subscriber>>, std::less<>> topics_;
  std::deque<Recent> recent_;
};

}  // namespace tongxing::net
