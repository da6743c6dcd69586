// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/storage/connection.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tongxing::storage {

/// How a form that was sent once was answered; see server/routing/once.hpp. Throws DatabaseError.
struct AnswerRow {
  int status = 0;
  std::string location;
};

class IdempotencyStore {
 public:
  explicit IdempotencyStore(Connection& db) : db_(db) {}

  [[nodiscard]] std::optional<AnswerRow> find(const AccountId& account, std::string_view key,
                                              std::string_view request_hash);
  void insert(const AccountId& account, std::string_view key, std::string_view request_hash,
              const AnswerRow& answer, Timestamp at);
  /// Deletes answers older than `before`, at most 500 a call. Returns how many.
  std::int64_t sweep(Timestamp before);

 private:
  Connection& db_;
};

}  // namespace tongxing::storage
