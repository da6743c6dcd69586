// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/session_store.hpp"

namespace tongxing::storage {

std::optional<SessionRow> SessionStore::find(const SessionId& id) {
  std::optional<SessionRow> found;
  {
    auto rows = db_.query(
        "SELECT s.account_id, a.display_name, a.locale, s.seen_at, s.idle_ms, s.expires_at "
        "FROM sessions s JOIN accounts a ON a.id = s.account_id "
        "WHERE s.id = ?1 AND a.status = 'ACTIVE' AND a.session_epoch = s.session_epoch",
        id);
    if (!rows.next()) return std::nullopt;
    found = SessionRow{id,
                       rows.get<AccountId>(0),
                       rows.get<std::string>(1),
                       rows.get<std::string>(2),
                       rows.get<Timestamp>(3),
                       rows.get<Milliseconds>(4),
                       rows.get<Timestamp>(5),
                       {}};
  }
  auto roles = db_.query("SELECT role FROM role_assignments WHERE account_id = ?1", found->account);
  while (roles.next()) found->roles.push_back(roles.get<std::string>(0));
  return found;
}

void SessionStore::insert(const NewSessionRow& row) {
  db_.run(
      "INSERT INTO sessions (id, account_id, session_epoch, created_at, seen_at, idle_ms, expires_at) "
      "SELECT ?1, id, session_epoch, ?3, ?3, ?4, ?5 FROM accounts WHERE id = ?2",
      row.id, row.account, row.created_at, row.idle, row.expires_at);
}

void SessionStore::touch(const SessionId& id, Timestamp seen_at) {
  db_.run("UPDATE sessions SET seen_at = ?2 WHERE id = ?1 AND seen_at < ?2", id, seen_at);
}

void SessionStore::remove(const SessionId& id) {
  db_.run("DELETE FROM sessions WHERE id = ?1", id);
}

void SessionStore::remove_of(const AccountId& account, const SessionId& keep) {
  db_.run("DELETE FROM sessions WHERE account_id = ?1 AND id <> ?2", account, keep);
}

void SessionStore::end_all(const AccountId& account, const SessionId& keep) {
  remove_of(account, keep);
  db_.run("UPDATE accounts SET session_epoch = session_epoch + 1 WHERE id = ?1", account);
  db_.run(
      "UPDATE sessions SET session_epoch = (SELECT session_epoch FROM accounts WHERE id = ?1) "
      "WHERE account_id = ?1 AND id = ?2",
      account, keep);
}

std::int64_t SessionStore::sweep(Timestamp now) {
  return db_.run(
      "DELETE FROM sessions WHERE id IN "
      "(SELECT id FROM sessions WHERE expires_at <= ?1 OR seen_at + idle_ms <= ?1 LIMIT 500)",
      now);
}

}  // namespace tongxing::storage
