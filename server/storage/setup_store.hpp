// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/storage/connection.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tongxing::storage {

/// One-time set-up links (hashes of their tokens), and the named values of this installation. Throws
/// DatabaseError.
class SetupStore {
 public:
  explicit SetupStore(Connection& db) : db_(db) {}

  /// Replaces every link that has not been used: only the one printed last opens.
  void replace_link(std::string_view token_hash, Timestamp created_at, Timestamp expires_at);
  [[nodiscard]] bool link_opens(std::string_view token_hash, Timestamp now);
  /// False when it does not open (any more).
  [[nodiscard]] bool use_link(std::string_view token_hash, Timestamp now);

  /// A named value of the installation, such as the key of form tokens; `value` is stored when there is none
  /// yet.
  [[nodiscard]] std::string get_or_set(std::string_view name, std::string_view value);

 private:
  Connection& db_;
};

}  // namespace tongxing::storage
