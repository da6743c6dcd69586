// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/session_cache.hpp"

#include <utility>

namespace tongxing::auth {

SessionCache::SessionCache(const Clock& clock, std::size_t capacity, Milliseconds ttl)
    : clock_(clock), capacity_(capacity), ttl_(ttl) {}

SessionCache::Ticket SessionCache::ticket() const {
  const std::scoped_lock lock(mutex_);
  return generation_;
}

std::optional<LiveSession> SessionCache::find(const SessionId& id) {
  const SteadyTime now = clock_.steady_now();
  const std::scoped_lock lock(mutex_);
  const auto it = entries_.find(id);
  if (it == entries_.end()) return std::nullopt;
  if (now - it->second.loaded_at >= ttl_) {
    entries_.erase(it);
    return std::nullopt;
  }
  return it->second.session;
}

void SessionCache::put(const SessionId& id, LiveSession session, Ticket taken) {
  const SteadyTime now = clock_.steady_now();
  const std::scoped_lock lock(mutex_);
  if (taken != generation_) return;
  if (entries_.size() >= capacity_) {
    std::erase_if(entries_, [&](const auto& entry) { return now - entry.second.loaded_at >= ttl_; });
    // Everything is fresh: more people than room. Starting over costs a join each, and keeps memory bounded.
    if (entries_.size() >= capacity_) entries_.clear();
  }
  entries_.insert_or_assign(id, Entry{std::move(session), now});
}

bool SessionCache::note_seen(const SessionId& id, Timestamp now, Milliseconds step) {
  const std::scoped_lock lock(mutex_);
  const auto it = entries_.find(id);
  if (it == entries_.end() || now - it->second.session.seen_at < step) return false;
  it->second.session.seen_at = now;
  return true;
}

void SessionCache::forget(const SessionId& id) {
  const std::scoped_lock lock(mutex_);
  ++generation_;
  entries_.erase(id);
}

void SessionCache::forget_account(const AccountId& account) {
  const std::scoped_lock lock(mutex_);
  ++generation_;
  std::erase_if(entries_, [&](const auto& entry) { return entry.second.session.viewer.account == account; });
}

std::size_t SessionCache::size() const {
  const std::scoped_lock lock(mutex_);
  return entries_.size();
}

}  // namespace tongxing::auth
