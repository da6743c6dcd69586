// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>

namespace tongxing {

using Milliseconds = std::chrono::milliseconds;
/// Wall-clock time, UTC, as stored (integer milliseconds since 1970).
using Timestamp = std::chrono::sys_time<Milliseconds>;
/// Monotonic time since an arbitrary point; for time-outs, leases, budgets. Never stored.
using SteadyTime = std::chrono::time_point<std::chrono::steady_clock, Milliseconds>;

[[nodiscard]] inline std::int64_t to_ms(Timestamp t) {
  return t.time_since_epoch().count();
}
[[nodiscard]] inline Timestamp from_ms(std::int64_t ms) {
  return Timestamp{Milliseconds{ms}};
}

/// Where the time comes from. Implementations are thread-safe. Tests pass their own
/// (tests/support/fake_clock.hpp).
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Timestamp now() const = 0;
  [[nodiscard]] virtual SteadyTime steady_now() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Timestamp now() const override {
    return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
  }
  [[nodiscard]] SteadyTime steady_now() const override {
    return std::chrono::floor<Milliseconds>(std::chrono::steady_clock::now());
  }
};

}  // namespace tongxing
