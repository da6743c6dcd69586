// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/clock.hpp"
#include "server/storage/connection.hpp"

#include <cstdint>
#include <optional>
#include <string>

/// The trail of who did what: append-only rows, each with a hash over itself and the one before, so that a
/// row that was changed, taken out or put in between shows. Cutting rows off at the end does not show by
/// itself: `last_hash` belongs into backups and into the log at every start.
namespace tongxing::auth {

struct AuditEvent {
  std::string actor;        ///< account id, or "system", or "command-line"
  std::string action;       ///< fixed vocabulary: "account.created", "session.started", "role.granted" …
  std::string object_kind;  ///< "account", "course" …
  std::string object_id;
  std::string detail{};  ///< short, no personal data, no secrets
};

/// Appends an event in the caller's write transaction. Throws DatabaseError.
void record(storage::Connection& db, Timestamp now, const AuditEvent& event);

struct AuditState {
  std::int64_t rows = 0;
  std::string last_hash{};
  std::optional<std::int64_t>
      broken_at{};  ///< number of the first row that does not fit; none: the trail is whole
};

/// Reads the whole trail and computes every hash again.
[[nodiscard]] AuditState verify_audit(storage::Connection& db);

}  // namespace tongxing::auth
