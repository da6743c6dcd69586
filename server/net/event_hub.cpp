// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/event_hub.hpp"

namespace tongxing::net {
namespace {

constexpr std::chrono::seconds kReplay{2};
constexpr std::size_t kMaxRecent = 512;

}  // namespace

void Subscriber::push(const std::shared_ptr<const std::string>& event) {
  bool first = false;
  {
    const std::scoped_lock lock(mutex_);
    first = waiting_.empty();
    waiting_.push_back(event);
    if (waiting_.size() > capacity_) waiting_.pop_front();
  }
  if (first) wake_();
}

std::string Subscriber::take() {
  std::deque<std::shared_ptr<const std::string>> taken;
  {
    const std::scoped_lock lock(mutex_);
    taken.swap(waiting_);
  }
  std::string joined;
  for (const auto& event : taken) joined += *event;
  return joined;
}

void EventHub::subscribe(const std::string& topic, const std::shared_ptr<Subscriber>& subscriber) {
  const auto oldest = std::chrono::steady_clock::now() - kReplay;
  const std::scoped_lock lock(mutex_);
  for (const Recent& recent : recent_) {
    if (recent.at >= oldest && recent.topic == topic) subscriber->push(recent.event);
  }
  topics_[topic].push_back(subscriber);
}

void EventHub::publish(std::string_view topic, std::string event) {
  const auto now = std::chrono::steady_clock::now();
  const auto shared = std::make_shared<const std::string>(std::move(event));
  const std::scoped_lock lock(mutex_);
  while (!recent_.empty() && (recent_.size() >= kMaxRecent || recent_.front().at < now - kReplay)) {
    recent_.pop_front();
  }
  recent_.push_back({now, std::string(topic), shared});
  const auto found = topics_.find(topic);
  if (found == topics_.end()) return;
  std::erase_if(found->second, [&](const std::weak_ptr<Subscriber>& weak) {
    const auto subscriber = weak.lock();
    if (subscriber) subscriber->push(shared);
    return !subscriber;
  });
  if (found->second.empty()) topics_.erase(found);
}

}  // namespace tongxing::net
