// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/chores.hpp"

#include "server/base/log.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace tongxing::app {

Chores::Chores(std::vector<Chore> chores) : chores_(std::move(chores)), thread_([this] { work(); }) {}

Chores::~Chores() {
  stop();
}

void Chores::stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Chores::work() {
  using Clock = std::chrono::steady_clock;
  std::vector<Clock::time_point> due(chores_.size(), Clock::now());
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    for (std::size_t i = 0; i < chores_.size(); ++i) {
      if (Clock::now() < due[i]) continue;
      due[i] = Clock::now() + chores_[i].every;
      try {
        chores_[i].run();
      } catch (const std::exception& error) {
        log::error("chore_failed", {{"chore", chores_[i].name}, {"error", error.what()}});
      }
    }
    lock.lock();
    if (due.empty()) return;
    wake_.wait_until(lock, *std::ranges::min_element(due), [this] { return stopping_; });
  }
}

}  // namespace tongxing::app
