// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/id.hpp"

#include <cstddef>
#include <span>
#include <string>

namespace tongxing {

/// Where unpredictable bits come from. Implementations are thread-safe.
class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::byte> out) = 0;
};

/// libsodium's generator (getrandom(2)); never fails once the program has started.
class SystemRandom final : public Random {
 public:
  SystemRandom();
  void fill(std::span<std::byte> out) override;
};

/// `bits` random bits (a multiple of 8) as lower-case base32 (RFC 4648 alphabet, no padding).
[[nodiscard]] std::string random_text(Random& random, std::size_t bits);

template <typename AnyId>
[[nodiscard]] AnyId new_id(Random& random) {
  return AnyId{random_text(random, 128)};
}

}  // namespace tongxing
