// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/passwords.hpp"
#include "server/auth/sessions.hpp"
#include "server/auth/viewer.hpp"
#include "server/base/clock.hpp"
#include "server/base/random.hpp"
#include "server/base/result.hpp"
#include "server/storage/connection.hpp"
#include "server/storage/database.hpp"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// Who may use the platform and how.
namespace tongxing::services {

/// An account as pages and the API show it: never its password hash.
struct Account {
  AccountId id;
  std::string login;
  std::string display_name;
  std::string locale;
  bool active = true;
  std::set<auth::Role> roles;
  Timestamp created_at;
};

/// What somebody typed to make an account.
struct NewAccount {
  std::string login;
  std::string display_name;
  std::string password;
  std::string locale{};  ///< BCP 47 tag or empty
  std::set<auth::Role> roles{};
};

/// An account ready to be stored: checked, its password hashed.
struct PreparedAccount {
  std::string login;
  std::string display_name;
  std::string password_hash;
  std::string locale;
  std::set<auth::Role> roles;
};

/// Who does it, for the audit trail: an account, "command-line", "setup", or the new account itself (empty).
using Actor = std::string;

/// Rules of accounts. Immutable; any thread. Functions that take `db` and change something need a write
/// connection and are part of the caller's transaction.
class Accounts {
 public:
  Accounts(const Clock& clock, Random& random, const auth::PasswordHasher& hasher, auth::Sessions& sessions)
      : clock_(clock), random_(random), hasher_(hasher), sessions_(sessions) {}

  /// Everything that is wrong with it, all at once, so that a form is corrected in one go. Fast; no database.
  [[nodiscard]] std::vector<Error> check(const NewAccount& wanted) const;
  /// Hashes the password of a checked account: slow, on the key-derivation thread.
  [[nodiscard]] PreparedAccount prepare(const NewAccount& wanted) const;
  /// Errors: a taken login (field "login").
  [[nodiscard]] Result<AccountId> create(storage::Connection& db, const PreparedAccount& account,
                                         const Actor& actor) const;

  [[nodiscard]] std::optional<Account> find(storage::Connection& db, const AccountId& id) const;
  /// At most `limit` accounts after the login `after`. Administrators only.
  [[nodiscard]] Result<std::vector<Account>> list(storage::Connection& db, const auth::Viewer& viewer,
                                                  std::string_view after, std::int64_t limit) const;

  /// The own name as it is shown.
  [[nodiscard]] Result<void> rename(storage::Connection& db, const auth::Viewer& viewer,
                                    std::string_view name) const;
  /// One of the interface's tags, or empty to follow the browser.
  [[nodiscard]] Result<void> set_locale(storage::Connection& db, const auth::Viewer& viewer,
                                        std::string_view tag) const;

  /// Administrators only. Ends every session of the account. The last administrator stays one.
  [[nodiscard]] Result<void> set_roles(storage::Connection& db, const auth::Viewer& viewer,
                                       const AccountId& id, const std::set<auth::Role>& roles) const;
  /// Administrators only; not oneself, not the last administrator. Ends every session of the account at once.
  [[nodiscard]] Result<void> disable(storage::Connection& db, const auth::Viewer& viewer,
                                     const AccountId& id) const;
  [[nodiscard]] Result<void> enable(storage::Connection& db, const auth::Viewer& viewer,
                                    const AccountId& id) const;

  /// Hashes a password that an administrator gives to somebody who forgot theirs. Slow; errors name
  /// "password".
  [[nodiscard]] Result<std::string> prepare_reset(storage::Connection& db, const auth::Viewer& viewer,
                                                  const AccountId& id, std::string_view password) const;
  /// Stores it and ends every session of the account. Administrators only.
  [[nodiscard]] Result<AccountId> reset_password(storage::Connection& db, const auth::Viewer& viewer,
                                                 const AccountId& id, const std::string& hash) const;

 private:
  const Clock& clock_;
  Random& random_;
  const auth::PasswordHasher& hasher_;
  auth::Sessions& sessions_;
};

/// For the command line: checks, hashes and stores an account with a database of its own. The first error, if
/// any.
[[nodiscard]] Result<AccountId> create_account(storage::Database& database, const Accounts& accounts,
                                               const NewAccount& wanted);

}  // namespace tongxing::services
