// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/storage/connection.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace tongxing::storage {

struct AuditRow {
  std::int64_t seq = 0;  ///< from 1, without a gap
  Timestamp at;
  std::string actor;
  std::string action;
  std::string object_kind;
  std::string object_id;
  std::string detail;
  std::string previous_hash;
  std::string hash;
};

/// The rows of the audit trail, append-only. What the hashes mean: server/auth/audit.hpp. Throws
/// DatabaseError.
class AuditStore {
 public:
  explicit AuditStore(Connection& db) : db_(db) {}

  [[nodiscard]] std::optional<AuditRow> last();
  void insert(const AuditRow& row);
  /// From the oldest on, until `visit` returns false.
  void each(const std::function<bool(const AuditRow&)>& visit);

 private:
  Connection& db_;
};

}  // namespace tongxing::storage
