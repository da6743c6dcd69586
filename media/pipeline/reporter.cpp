// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/reporter.hpp"

#include <algorithm>

namespace tongxing::media::pipeline {

namespace {
constexpr std::chrono::milliseconds kInterval{250};
constexpr int kAlmostWhole = 999;  // 1000 is said by the rendition's `output`, when its last file is on disk
}  // namespace

void Reporter::say(const model::JobEvent& event) {
  const std::lock_guard lock(mutex_);
  listener_(event);
}

void Reporter::expect(std::int64_t total_us) {
  const std::lock_guard lock(mutex_);
  total_us_ = total_us;
  start_ = Clock::now();
}

void Reporter::progress(const std::string& rendition, std::int64_t done_us) {
  const std::lock_guard lock(mutex_);
  const auto now = Clock::now();
  auto& last = last_[rendition];
  if (now - last < kInterval) return;
  last = now;
  model::Progress event{rendition, 0, -1};
  if (total_us_ > 0) {
    const double part = std::clamp(static_cast<double>(done_us) / static_cast<double>(total_us_), 0.0, 1.0);
    event.permille = std::min(kAlmostWhole, static_cast<int>(part * 1000));
    const auto spent = std::chrono::duration<double, std::milli>(now - start_).count();
    if (part > 0.01 && spent > 1000) event.eta_ms = static_cast<std::int64_t>(spent * (1 - part) / part);
  }
  listener_(event);
}

}  // namespace tongxing::media::pipeline
