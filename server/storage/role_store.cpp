// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/role_store.hpp"

namespace tongxing::storage {

std::vector<std::string> RoleStore::of(const AccountId& account) {
  auto rows = db_.query("SELECT role FROM role_assignments WHERE account_id = ?1 ORDER BY role", account);
  std::vector<std::string> roles;
  while (rows.next()) roles.push_back(rows.get<std::string>(0));
  return roles;
}

void RoleStore::grant(const AccountId& account, std::string_view role, Timestamp at,
                      const std::optional<AccountId>& by) {
  db_.run(
      "INSERT INTO role_assignments (account_id, role, granted_at, granted_by) VALUES (?1, ?2, ?3, ?4) "
      "ON CONFLICT (account_id, role) DO NOTHING",
      account, role, at, by);
}

void RoleStore::revoke(const AccountId& account, std::string_view role) {
  db_.run("DELETE FROM role_assignments WHERE account_id = ?1 AND role = ?2", account, role);
}

std::int64_t RoleStore::count_active(std::string_view role) {
  auto rows = db_.query(
      "SELECT COUNT(*) FROM role_assignments r JOIN accounts a ON a.id = r.account_id "
      "WHERE r.role = ?1 AND a.status = 'ACTIVE'",
      role);
  rows.next();
  return rows.get<std::int64_t>(0);
}

}  // namespace tongxing::storage
