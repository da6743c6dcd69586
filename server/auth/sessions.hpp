// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/session_cache.hpp"
#include "server/auth/viewer.hpp"
#include "server/base/random.hpp"
#include "server/http/message.hpp"
#include "server/storage/connection.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace tongxing::auth {

/// Notes in the database that a session was used; called at most once a minute and session, from any thread.
/// The composition root posts a write job (SessionStore::touch); losing one is harmless.
using NoteSeen = std::function<void(const SessionId&, Timestamp)>;

/// Sign-ins: makes, finds and ends them. Thread-safe; owner: the composition root.
class Sessions {
 public:
  Sessions(const Clock& clock, Random& random, SessionCache& cache, NoteSeen note_seen);

  /// Who the token belongs to; anonymous for an unknown, expired or ended one. Reads only.
  [[nodiscard]] Viewer resolve(storage::Connection& db, std::string_view token);

  /// Makes a session in a write connection and returns its token, for the cookie alone.
  [[nodiscard]] std::string start(storage::Connection& db, const AccountId& account,
                                  const std::set<Role>& roles);

  /// Ends one session. Call `forget` again after the commit.
  void end(storage::Connection& db, const SessionId& session);
  /// Ends every session of the account but `keep`. Call `forget_account` again after the commit.
  void end_all(storage::Connection& db, const AccountId& account, const SessionId& keep);

  void forget(const SessionId& session) { cache_.forget(session); }
  void forget_account(const AccountId& account) { cache_.forget_account(account); }

 private:
  const Clock& clock_;
  Random& random_;
  SessionCache& cache_;
  NoteSeen note_seen_;
};

/// Name of a cookie of ours: with the prefix __Host- where the connection is secure, so that nothing but this
/// very host over TLS can have set it.
[[nodiscard]] std::string cookie_name(std::string_view name, const http::Request& request);
/// The value of our cookie `name`, or empty.
[[nodiscard]] std::string_view cookie(const http::Request& request, std::string_view name);
/// A Set-Cookie value: Path=/, HttpOnly, SameSite=Lax, Secure over TLS. `max_age` zero deletes the cookie;
/// negative makes one that ends with the browser.
[[nodiscard]] std::string set_cookie(const http::Request& request, std::string_view name,
                                     std::string_view value, std::chrono::seconds max_age);

inline constexpr std::string_view kSessionCookie = "tongxing_session";
inline constexpr std::string_view kVisitorCookie =
    "tongxing_visitor";  ///< binds the forms of anonymous visitors
inline constexpr std::string_view kLanguageCookie = "tongxing_lang";  ///< language chosen without an account

}  // namespace tongxing::auth
