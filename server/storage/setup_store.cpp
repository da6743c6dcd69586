// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/setup_store.hpp"

namespace tongxing::storage {

void SetupStore::replace_link(std::string_view token_hash, Timestamp created_at, Timestamp expires_at) {
  db_.run("DELETE FROM setup_links WHERE used_at IS NULL");
  db_.run("INSERT INTO setup_links (token_hash, created_at, expires_at) VALUES (?1, ?2, ?3)", token_hash,
          created_at, expires_at);
}

bool SetupStore::link_opens(std::string_view token_hash, Timestamp now) {
  auto rows =
      db_.query("SELECT 1 FROM setup_links WHERE token_hash = ?1 AND used_at IS NULL AND expires_at > ?2",
                token_hash, now);
  return rows.next();
}

bool SetupStore::use_link(std::string_view token_hash, Timestamp now) {
  return db_.run(
             "UPDATE setup_links SET used_at = ?2 WHERE token_hash = ?1 AND used_at IS NULL AND expires_at > "
             "?2",
             token_hash, now) == 1;
}

std::string SetupStore::get_or_set(std::string_view name, std::string_view value) {
  db_.run("INSERT INTO installation (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO NOTHING", name,
          value);
  auto rows = db_.query("SELECT value FROM installation WHERE name = ?1", name);
  rows.next();
  return rows.get<std::string>(0);
}

}  // namespace tongxing::storage
