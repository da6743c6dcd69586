// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/sessions.hpp"

#include "server/auth/roles.hpp"
#include "server/auth/token.hpp"
#include "server/storage/session_store.hpp"

#include <utility>

namespace tongxing::auth {
namespace {

constexpr Milliseconds kSeenStep{60'000};
constexpr std::size_t kTokenLength = 52;  // 256 bits in base32

bool over(const LiveSession& session, Timestamp now) {
  return now >= session.expires_at || now - session.seen_at >= session.idle;
}

LiveSession live(const storage::SessionRow& row) {
  LiveSession session{Viewer{row.account, row.id, row.display_name, row.locale, {}}, row.seen_at, row.idle,
                      row.expires_at};
  for (const std::string& text : row.roles) {
    if (const auto role = role_from(text)) session.viewer.roles.insert(*role);
  }
  return session;
}

}  // namespace

Sessions::Sessions(const Clock& clock, Random& random, SessionCache& cache, NoteSeen note_seen)
    : clock_(clock), random_(random), cache_(cache), note_seen_(std::move(note_seen)) {}

Viewer Sessions::resolve(storage::Connection& db, std::string_view token) {
  if (token.size() != kTokenLength) return {};
  const SessionId id{hash_of(token)};
  const Timestamp now = clock_.now();
  auto session = cache_.find(id);
  if (!session) {
    const auto ticket = cache_.ticket();
    const auto row = storage::SessionStore(db).find(id);
    if (!row) return {};
    session = live(*row);
    cache_.put(id, *session, ticket);
  }
  if (over(*session, now)) return {};
  if (note_seen_ && cache_.note_seen(id, now, kSeenStep)) note_seen_(id, now);
  return session->viewer;
}

std::string Sessions::start(storage::Connection& db, const AccountId& account, const std::set<Role>& roles) {
  std::string token = new_token(random_);
  const Timestamp now = clock_.now();
  const SessionLifetime lifetime = lifetime_of(roles);
  storage::SessionStore(db).insert(
      {SessionId{hash_of(token)}, account, now, lifetime.idle, now + lifetime.absolute});
  return token;
}

void Sessions::end(storage::Connection& db, const SessionId& session) {
  storage::SessionStore(db).remove(session);
  cache_.forget(session);
}

void Sessions::end_all(storage::Connection& db, const AccountId& account, const SessionId& keep) {
  storage::SessionStore(db).end_all(account, keep);
  cache_.forget_account(account);
}

std::string cookie_name(std::string_view name, const http::Request& request) {
  return (request.secure ? "__Host-" : "") + std::string(name);
}

std::string_view cookie(const http::Request& request, std::string_view name) {
  const auto it = request.cookies.find(cookie_name(name, request));
  return it == request.cookies.end() ? std::string_view{} : std::string_view{it->second};
}

std::string set_cookie(const http::Request& request, std::string_view name, std::string_view value,
                       std::chrono::seconds max_age) {
  std::string text =
      cookie_name(name, request) + "=" + std::string(value) + "; Path=/; HttpOnly; SameSite=Lax";
  if (request.secure) text += "; Secure";
  if (max_age.count() >= 0) text += "; Max-Age=" + std::to_string(max_age.count());
  return text;
}

}  // namespace tongxing::auth
