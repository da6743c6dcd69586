// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/form_tokens.hpp"
#include "server/auth/passwords.hpp"
#include "server/auth/rate_limits.hpp"
#include "server/auth/sessions.hpp"
#include "server/auth/viewer.hpp"
#include "server/base/result.hpp"
#include "server/storage/connection.hpp"

#include <string>
#include <string_view>

/// Signing in and out, and what ends sessions.
namespace tongxing::services {

/// Where a try to sign in comes from.
struct SignInOrigin {
  std::string address;        ///< the client's
  std::string_view device{};  ///< value of the device cookie, or empty
};

/// A password that fitted: who it was, ready for `start`.
struct Verified {
  AccountId account;
  std::string password_hash;  ///< as it was when the password was compared
  std::string new_hash{};     ///< to store instead, when the cost has changed since
  std::string device{};       ///< value for the device cookie: this browser has been let in once
};

struct SignedIn {
  AccountId account;
  std::string token;   ///< for the session cookie
  std::string device;  ///< for the device cookie
};

/// Immutable but for the limits; any thread.
class SignIns {
 public:
  SignIns(const Clock& clock, const auth::PasswordHasher& hasher, auth::Sessions& sessions,
          auth::RateLimits& limits, const auth::FormTokens& devices)
      : clock_(clock), hasher_(hasher), sessions_(sessions), limits_(limits), devices_(devices) {}

  /// Compares the password: slow, on the key-derivation thread; only reads. Errors: rate_limited with
  /// "seconds"; one and the same text for an unknown login and a wrong password, after the same time;
  /// forbidden for a disabled account, but only when the password was right.
  [[nodiscard]] Result<Verified> verify(storage::Connection& db, std::string_view login,
                                        std::string_view password, const SignInOrigin& origin) const;
  /// Starts the session in a write transaction and ends the one that the browser had (`before`).
  [[nodiscard]] Result<SignedIn> start(storage::Connection& db, const Verified& verified,
                                       const SessionId& before) const;
  /// For an account that was made a moment ago, without a password to compare.
  [[nodiscard]] SignedIn start_new(storage::Connection& db, const AccountId& account,
                                   const SessionId& before) const;

  void end(storage::Connection& db, const auth::Viewer& viewer) const;

  /// The two halves of changing one's password. `verify_change` is slow and gives the new hash; errors name
  /// the fields current_password and password.
  [[nodiscard]] Result<std::string> verify_change(storage::Connection& db, const auth::Viewer& viewer,
                                                  std::string_view current, std::string_view wanted) const;
  /// Stores it, ends every session of the account and starts a new one for this browser.
  [[nodiscard]] SignedIn change(storage::Connection& db, const auth::Viewer& viewer,
                                const std::string& new_hash) const;

 private:
  [[nodiscard]] Result<void> pass_brakes(std::string_view key, std::string_view address) const;

  const Clock& clock_;
  const auth::PasswordHasher& hasher_;
  auth::Sessions& sessions_;
  auth::RateLimits& limits_;
  const auth::FormTokens& devices_;
};

/// "1", "2" … whole seconds, rounded up, for messages and Retry-After.
[[nodiscard]] std::string seconds_text(Milliseconds wait);

}  // namespace tongxing::services
