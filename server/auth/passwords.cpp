// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/passwords.hpp"

#include "server/auth/common_passwords.hpp"
#include "server/auth/login_name.hpp"

#include <algorithm>
#include <array>
#include <new>
#include <stdexcept>

#include <sodium.h>

namespace tongxing::auth {
namespace {

bool is_one_run(std::string_view password) {
  const auto steps = [&](int step) {
    return std::ranges::adjacent_find(password, [step](char a, char b) { return b - a != step; }) ==
           password.end();
  };
  return steps(0) || steps(1) || steps(-1);
}

}  // namespace

PasswordHasher::PasswordHasher(PasswordCost cost) : cost_(cost) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium could not be initialised");
  nobody_ = hash("a password that no account has");
}

std::string PasswordHasher::hash(std::string_view password) const {
  std::array<char, crypto_pwhash_STRBYTES> encoded{};
  if (crypto_pwhash_str_alg(encoded.data(), password.data(), password.size(), cost_.passes,
                            cost_.memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw std::bad_alloc();
  }
  return encoded.data();
}

bool PasswordHasher::verify(const std::string& hash, std::string_view password) const {
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

bool PasswordHasher::verify_nobody(std::string_view password) const {
  static_cast<void>(verify(nobody_, password));
  return false;
}

bool PasswordHasher::is_outdated(const std::string& hash) const {
  return crypto_pwhash_str_needs_rehash(hash.c_str(), cost_.passes, cost_.memory_bytes) != 0;
}

Result<void> check_new_password(std::string_view password, std::string_view login) {
  const auto length = length_of(password);
  if (!length) return fail_field("password", "errors.accounts.password_unreadable");
  if (*length < kPasswordLeast) {
    return fail_field("password", "errors.accounts.password_short",
                      {{"least", std::to_string(kPasswordLeast)}});
  }
  if (*length > kPasswordMost) {
    return fail_field("password", "errors.accounts.password_long", {{"most", std::to_string(kPasswordMost)}});
  }
  const std::string lower = ascii_lower(password);
  if (lower == login) return fail_field("password", "errors.accounts.password_is_login");
  if (is_one_run(lower) || is_common_password(lower))
    return fail_field("password", "errors.accounts.password_common");
  return {};
}

}  // namespace tongxing::auth
