// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace tongxing::auth {

/// What one hash costs. The default, 46 MiB and one pass, takes 37 ms on one core and is rated by OWASP as
/// equal to 19 MiB and two passes.
struct PasswordCost {
  unsigned long long passes = 1;
  std::size_t memory_bytes = 46U * 1024U * 1024U;
};

/// Argon2id through libsodium (RFC 9106). Thread-safe and slow on purpose: call it on the key-derivation
/// thread alone.
///
/// A password is hashed as the bytes that were typed: not trimmed, not folded, not normalised. Chinese input
/// methods and password managers give the same bytes every time; a silent change would only weaken what was
/// chosen.
class PasswordHasher {
 public:
  explicit PasswordHasher(PasswordCost cost = {});

  /// Throws std::bad_alloc when the memory is not there.
  [[nodiscard]] std::string hash(std::string_view password) const;
  [[nodiscard]] bool verify(const std::string& hash, std::string_view password) const;
  /// Takes as long as verify and is always false: for a login that does not exist.
  bool verify_nobody(std::string_view password) const;
  /// The hash was made at another cost and should be made anew at the next sign-in.
  [[nodiscard]] bool is_outdated(const std::string& hash) const;

 private:
  PasswordCost cost_;
  std::string nobody_;  ///< hash of a password that nobody has
};

inline constexpr std::size_t kPasswordLeast = 8;  ///< characters, not bytes
inline constexpr std::size_t kPasswordMost = 256;

/// Whether somebody may choose this password: 8 to 256 characters, none of the passwords that are tried
/// first, not the login itself. No rules about kinds of characters. Errors name the field "password".
[[nodiscard]] Result<void> check_new_password(std::string_view password, std::string_view login);

}  // namespace tongxing::auth
