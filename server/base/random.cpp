// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/base/random.hpp"

#include <stdexcept>
#include <vector>

#include <sodium.h>

namespace tongxing {

SystemRandom::SystemRandom() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium could not be initialised");
}

void SystemRandom::fill(std::span<std::byte> out) {
  randombytes_buf(out.data(), out.size());
}

std::string random_text(Random& random, std::size_t bits) {
  static constexpr char kAlphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
  std::vector<std::byte> bytes(bits / 8);
  random.fill(bytes);
  std::string text;
  text.reserve((bits + 4) / 5);
  unsigned buffer = 0;
  unsigned held = 0;
  for (const std::byte b : bytes) {
    buffer = (buffer << 8U) | std::to_integer<unsigned>(b);
    held += 8;
    while (held >= 5) {
      held -= 5;
      text.push_back(kAlphabet[(buffer >> held) & 31U]);
    }
    buffer &= (1U << held) - 1U;
  }
  if (held > 0) text.push_back(kAlphabet[(buffer << (5U - held)) & 31U]);
  return text;
}

}  // namespace tongxing
