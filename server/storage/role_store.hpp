// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/storage/connection.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tongxing::storage {

/// Who has which role; roles are the stored texts (server/auth/roles.hpp). Throws DatabaseError.
class RoleStore {
 public:
  explicit RoleStore(Connection& db) : db_(db) {}

  [[nodiscard]] std::vector<std::string> of(const AccountId& account);
  /// No effect when the account has it already. `by`: nobody when the system or the command line grants it.
  void grant(const AccountId& account, std::string_view role, Timestamp at,
             const std::optional<AccountId>& by);
  void revoke(const AccountId& account, std::string_view role);
  /// Accounts that are active and have the role.
  [[nodiscard]] std::int64_t count_active(std::string_view role);

 private:
  Connection& db_;
};

}  // namespace tongxing::storage
