// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/form_tokens.hpp"

#include "server/auth/token.hpp"

#include <array>
#include <stdexcept>
#include <utility>

#include <sodium.h>

namespace tongxing::auth {

FormTokens::FormTokens(std::string key, Random& random) : key_(std::move(key)), random_(random) {
  if (key_.size() < 32) throw std::invalid_argument("the key of form tokens is shorter than 32 characters");
}

std::string FormTokens::make(std::string_view binding) const {
  if (binding.empty()) return {};
  const std::string nonce = random_text(random_, 64);
  return nonce + "." + mac(nonce, binding);
}

bool FormTokens::valid(std::string_view token, std::string_view binding) const {
  const auto dot = token.find('.');
  if (binding.empty() || dot == std::string_view::npos) return false;
  return equal_in_constant_time(token.substr(dot + 1), mac(token.substr(0, dot), binding));
}

std::string FormTokens::mac(std::string_view nonce, std::string_view binding) const {
  // The length of the nonce goes first: no two pairs of nonce and binding make the same input.
  std::string input = std::to_string(nonce.size()) + ":";
  input.append(nonce).append(binding);
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> digest{};
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(key_.data()), key_.size());
  crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(input.data()), input.size());
  crypto_auth_hmacsha256_final(&state, digest.data());
  std::string hex(digest.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  hex.pop_back();
  return hex;
}

}  // namespace tongxing::auth
