// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/random.hpp"

#include <mutex>
#include <random>
#include <span>

namespace tongxing::tests {

/// The same "random" bytes in every run, from a seed. Thread-safe.
class FakeRandom final : public Random {
 public:
  explicit FakeRandom(std::uint32_t seed = 1) : engine_(seed) {}

  void fill(std::span<std::byte> out) override {
    const std::lock_guard lock(mutex_);
    for (std::byte& byte : out) byte = static_cast<std::byte>(engine_() & 0xffU);
  }

 private:
  std::mutex mutex_;
  std::mt19937 engine_;
};

}  // namespace tongxing::tests
