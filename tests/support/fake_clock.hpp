// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/clock.hpp"

#include <atomic>
#include <cstdint>

namespace tongxing::tests {

/// A clock that stands still until it is told to go on. Thread-safe. Starts at 2026-03-02 08:00 in Guangzhou.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(Timestamp start = from_ms(1'772'409'600'000)) : wall_ms_(to_ms(start)) {}

  [[nodiscard]] Timestamp now() const override { return from_ms(wall_ms_); }
  [[nodiscard]] SteadyTime steady_now() const override { return SteadyTime{Milliseconds{steady_ms_.load()}}; }

  /// Time passes: both clocks go on.
  void advance(Milliseconds by) {
    wall_ms_ += by.count();
    steady_ms_ += by.count();
  }
  /// Somebody sets the wall clock: the steady one does not move.
  void set_wall(Timestamp to) { wall_ms_ = to_ms(to); }

 private:
  std::atomic<std::int64_t> wall_ms_;
  std::atomic<std::int64_t> steady_ms_ = 1'000'000;
};

}  // namespace tongxing::tests
