// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/storage/connection.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tongxing::storage {

/// A session and what is known of its account, as it is now.
struct SessionRow {
  SessionId id;
  AccountId account;
  std::string display_name;
  std::string locale;  ///< BCP 47 tag or empty
  Timestamp seen_at;
  Milliseconds idle;
  Timestamp expires_at;
  std::vector<std::string> roles;  ///< stored texts
};

struct NewSessionRow {
  SessionId id;  ///< hash of the token
  AccountId account;
  Timestamp created_at;
  Milliseconds idle;
  Timestamp expires_at;
};

/// Where people are signed in. A view on a connection: make one where it is needed.
class SessionStore {
 public:
  explicit SessionStore(Connection& db) : db_(db) {}

  /// Nothing when there is no such session, its account is disabled, or the account's sessions have been
  /// ended since. Time-outs are judged by the caller.
  [[nodiscard]] std::optional<SessionRow> find(const SessionId& id);
  /// Takes over the account's epoch of this moment.
  void insert(const NewSessionRow& row);
  void touch(const SessionId& id, Timestamp seen_at);
  void remove(const SessionId& id);
  /// All sessions of the account except `keep` (empty: all).
  void remove_of(const AccountId& account, const SessionId& keep);
  /// Ends every session of the account, also those that are being made; `keep` is carried over to the new
  /// epoch.
  void end_all(const AccountId& account, const SessionId& keep);
  /// Deletes what can never be valid again; at most 500 rows a call. Returns how many.
  std::int64_t sweep(Timestamp now);

 private:
  Connection& db_;
};

}  // namespace tongxing::storage
