// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/token.hpp"

#include <array>

#include <sodium.h>

namespace tongxing::auth {

std::string new_token(Random& random) {
  return random_text(random, 256);
}

std::string hash_of(std::string_view text) {
  std::array<unsigned char, 32> digest{};
  crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(text.data()),
                     text.size(), nullptr, 0);
  std::string hex(digest.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  hex.pop_back();
  return hex;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace tongxing::auth
