// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/storage/connection.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tongxing::storage {

struct AccountRow {
  AccountId id;
  std::string login;  ///< normalised (server/auth/login_name.hpp)
  std::string display_name;
  std::string password_hash;  ///< as libsodium encodes it
  std::string locale;         ///< BCP 47 tag, or empty: follow the browser
  bool active = true;
  Timestamp created_at;
};

/// Accounts. A view on a connection: make one where it is needed. Throws DatabaseError.
class AccountStore {
 public:
  explicit AccountStore(Connection& db) : db_(db) {}

  [[nodiscard]] std::optional<AccountRow> find(const AccountId& id);
  [[nodiscard]] std::optional<AccountRow> find_by_login(std::string_view login);
  /// At most `limit` accounts whose login comes after `after`, in order of login.
  [[nodiscard]] std::vector<AccountRow> list(std::string_view after, std::int64_t limit);

  /// False when the login is taken.
  [[nodiscard]] bool insert(const AccountRow& row);
  void set_password_hash(const AccountId& id, std::string_view hash);
  void set_locale(const AccountId& id, std::string_view tag);
  void set_display_name(const AccountId& id, std::string_view name);
  void set_active(const AccountId& id);
  void set_disabled(const AccountId& id);

 private:
  Connection& db_;
};

}  // namespace tongxing::storage
