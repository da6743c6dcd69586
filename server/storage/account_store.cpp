// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/account_store.hpp"

namespace tongxing::storage {
namespace {

AccountRow read_row(Rows& rows) {
  return {rows.get<AccountId>(0),   rows.get<std::string>(1), rows.get<std::string>(2),
          rows.get<std::string>(3), rows.get<std::string>(4), rows.get<std::string>(5) == "ACTIVE",
          rows.get<Timestamp>(6)};
}

}  // namespace

std::optional<AccountRow> AccountStore::find(const AccountId& id) {
  auto rows = db_.query(
      "SELECT id, login, display_name, password_hash, locale, status, created_at FROM accounts WHERE id = ?1",
      id);
  if (!rows.next()) return std::nullopt;
  return read_row(rows);
}

std::optional<AccountRow> AccountStore::find_by_login(std::string_view login) {
  auto rows = db_.query(
      "SELECT id, login, display_name, password_hash, locale, status, created_at FROM accounts WHERE login = "
      "?1",
      login);
  if (!rows.next()) return std::nullopt;
  return read_row(rows);
}

std::vector<AccountRow> AccountStore::list(std::string_view after, std::int64_t limit) {
  auto rows = db_.query(
      "SELECT id, login, display_name, password_hash, locale, status, created_at FROM accounts "
      "WHERE login > ?1 ORDER BY login LIMIT ?2",
      after, limit);
  std::vector<AccountRow> found;
  while (rows.next()) found.push_back(read_row(rows));
  return found;
}

bool AccountStore::insert(const AccountRow& row) {
  return db_.run(
             "INSERT INTO accounts (id, login, display_name, password_hash, locale, status, created_at) "
             "VALUES (?1, ?2, ?3, ?4, ?5, 'ACTIVE', ?6) ON CONFLICT (login) DO NOTHING",
             row.id, row.login, row.display_name, row.password_hash, row.locale, row.created_at) == 1;
}

void AccountStore::set_password_hash(const AccountId& id, std::string_view hash) {
  db_.run("UPDATE accounts SET password_hash = ?2 WHERE id = ?1", id, hash);
}

void AccountStore::set_locale(const AccountId& id, std::string_view tag) {
  db_.run("UPDATE accounts SET locale = ?2 WHERE id = ?1", id, tag);
}

void AccountStore::set_display_name(const AccountId& id, std::string_view name) {
  db_.run("UPDATE accounts SET display_name = ?2 WHERE id = ?1", id, name);
}

void AccountStore::set_active(const AccountId& id) {
  db_.run("UPDATE accounts SET status = 'ACTIVE' WHERE id = ?1", id);
}

void AccountStore::set_disabled(const AccountId& id) {
  db_.run("UPDATE accounts SET status = 'DISABLED' WHERE id = ?1", id);
}

}  // namespace tongxing::storage
