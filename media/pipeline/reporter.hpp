// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/event.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace tongxing::media::pipeline {

/// Turns what the stages do into events: progress by media time, at most four a second of each rendition.
/// Safe from several threads; the listener is called by one at a time.
class Reporter {
 public:
  explicit Reporter(model::EventListener listener) : listener_(std::move(listener)) {}

  void say(const model::JobEvent& event);
  /// How much media there will be, in microseconds; 0 where nobody knows.
  void expect(std::int64_t total_us);
  void progress(const std::string& rendition, std::int64_t done_us);

 private:
  using Clock = std::chrono::steady_clock;
  std::mutex mutex_;
  model::EventListener listener_;
  std::int64_t total_us_ = 0;
  Clock::time_point start_ = Clock::now();
  std::map<std::string, Clock::time_point> last_;
};

}  // namespace tongxing::media::pipeline
