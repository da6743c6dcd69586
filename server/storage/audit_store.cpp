// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/audit_store.hpp"

namespace tongxing::storage {
namespace {

AuditRow read_row(Rows& rows) {
  return {rows.get<std::int64_t>(0), rows.get<Timestamp>(1),   rows.get<std::string>(2),
          rows.get<std::string>(3),  rows.get<std::string>(4), rows.get<std::string>(5),
          rows.get<std::string>(6),  rows.get<std::string>(7), rows.get<std::string>(8)};
}

}  // namespace

std::optional<AuditRow> AuditStore::last() {
  auto rows = db_.query(
      "SELECT seq, at, actor, action, object_kind, object_id, detail, previous_hash, hash FROM audit_events "
      "ORDER BY seq DESC LIMIT 1");
  if (!rows.next()) return std::nullopt;
  return read_row(rows);
}

void AuditStore::insert(const AuditRow& row) {
  db_.run(
      "INSERT INTO audit_events (seq, at, actor, action, object_kind, object_id, detail, previous_hash, "
      "hash) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
      row.seq, row.at, row.actor, row.action, row.object_kind, row.object_id, row.detail, row.previous_hash,
      row.hash);
}

void AuditStore::each(const std::function<bool(const AuditRow&)>& visit) {
  auto rows = db_.query(
      "SELECT seq, at, actor, action, object_kind, object_id, detail, previous_hash, hash FROM audit_events "
      "ORDER BY seq");
  while (rows.next()) {
    if (!visit(read_row(rows))) return;
  }
}

}  // namespace tongxing::storage
