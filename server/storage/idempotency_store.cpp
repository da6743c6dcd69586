// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/idempotency_store.hpp"

namespace tongxing::storage {

std::optional<AnswerRow> IdempotencyStore::find(const AccountId& account, std::string_view key,
                                                std::string_view request_hash) {
  auto rows = db_.query(
      "SELECT status, location FROM idempotency_keys WHERE account_id = ?1 AND key = ?2 AND request_hash = "
      "?3",
      account, key, request_hash);
  if (!rows.next()) return std::nullopt;
  return AnswerRow{rows.get<int>(0), rows.get<std::string>(1)};
}

void IdempotencyStore::insert(const AccountId& account, std::string_view key, std::string_view request_hash,
                              const AnswerRow& answer, Timestamp at) {
  // The same page, changed and sent again, is a new wish: the newest answer stands for the key.
  db_.run(
      "INSERT INTO idempotency_keys (account_id, key, request_hash, status, location, created_at) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (account_id, key) DO UPDATE SET "
      "request_hash = excluded.request_hash, status = excluded.status, location = excluded.location, "
      "created_at = excluded.created_at",
      account, key, request_hash, answer.status, answer.location, at);
}

std::int64_t IdempotencyStore::sweep(Timestamp before) {
  return db_.run(
      "DELETE FROM idempotency_keys WHERE (account_id, key) IN "
      "(SELECT account_id, key FROM idempotency_keys WHERE created_at < ?1 LIMIT 500)",
      before);
}

}  // namespace tongxing::storage
