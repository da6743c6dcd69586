// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/viewer.hpp"
#include "server/base/clock.hpp"

#include <cstdint>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace tongxing::auth {

/// A session that was found valid a moment ago.
struct LiveSession {
  Viewer viewer;
  Timestamp seen_at;
  Milliseconds idle{};
  Timestamp expires_at;
};

/// Keeps what the database said about a session for at most `ttl`, so that a heartbeat need not join three
/// tables. Bounded; thread-safe. Who changes a session, an account's roles or its status calls forget or
/// forget_account after the commit; the ticket keeps a reader that loaded the old state meanwhile from
/// putting it back.
class SessionCache {
 public:
  explicit SessionCache(const Clock& clock, std::size_t capacity = 20'000,
                        Milliseconds ttl = Milliseconds{10'000});

  /// Take one before reading the database, hand it to put.
  using Ticket = std::uint64_t;
  [[nodiscard]] Ticket ticket() const;

  [[nodiscard]] std::optional<LiveSession> find(const SessionId& id);
  void put(const SessionId& id, LiveSession session, Ticket taken);
  /// True for the first caller who notes that the session was seen at least `step` after it was last noted.
  [[nodiscard]] bool note_seen(const SessionId& id, Timestamp now, Milliseconds step);
  void forget(const SessionId& id);
  void forget_account(const AccountId& account);
  [[nodiscard]] std::size_t size() const;

 private:
  struct Entry {
    LiveSession session;
    SteadyTime loaded_at;
  };

  const Clock& clock_;
  const std::size_t capacity_;
  const Milliseconds ttl_;
  mutable std::mutex mutex_;
  std::unordered_map<SessionId, Entry> entries_;
  Ticket generation_ = 0;
};

}  // namespace tongxing::auth
