// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/audit.hpp"

#include "server/auth/token.hpp"
#include "server/storage/audit_store.hpp"

namespace tongxing::auth {
namespace {

/// Every part with its length before it: no two rows make the same input.
std::string hash_row(const storage::AuditRow& row) {
  std::string input;
  const auto add = [&](const std::string& part) { input += std::to_string(part.size()) + ":" + part; };
  add(row.previous_hash);
  add(std::to_string(row.seq));
  add(std::to_string(to_ms(row.at)));
  add(row.actor);
  add(row.action);
  add(row.object_kind);
  add(row.object_id);
  add(row.detail);
  return hash_of(input);
}

}  // namespace

void record(storage::Connection& db, Timestamp now, const AuditEvent& event) {
  storage::AuditStore store(db);
  const auto last = store.last();
  storage::AuditRow row{last ? last->seq + 1 : 1,
                        now,
                        event.actor,
                        event.action,
                        event.object_kind,
                        event.object_id,
                        event.detail,
                        {},
                        {}};
  if (last) row.previous_hash = last->hash;
  row.hash = hash_row(row);
  store.insert(row);
}

AuditState verify_audit(storage::Connection& db) {
  AuditState state;
  storage::AuditStore(db).each([&](const storage::AuditRow& row) {
    if (row.seq != state.rows + 1 || row.previous_hash != state.last_hash || row.hash != hash_row(row)) {
      state.broken_at = row.seq;
      return false;
    }
    ++state.rows;
    state.last_hash = row.hash;
    return true;
  });
  return state;
}

}  // namespace tongxing::auth
