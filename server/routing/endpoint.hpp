// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/viewer.hpp"
#include "server/base/clock.hpp"
#include "server/http/message.hpp"
#include "server/http/router.hpp"
#include "server/render/renderer.hpp"
#include "server/storage/database.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// What a handler is and what it is given. api/ and pages/ register endpoints; app/ runs them.
namespace tongxing::routing {

/// On which thread a handler runs, and with which connection.
enum class Lane {
  read,    ///< a reader thread; `Context::db` is read-only
  write,   ///< the writer thread, inside a SAVEPOINT; the response leaves only after the commit is durable.
           ///< A response of 400 or more rolls the handler's changes back (set Context::keep_changes to keep
           ///< them)
  secret,  ///< the key-derivation thread (Argon2id): read-only `Context::db`, writes through Context::write
};

/// Who may call it. Checked before the handler runs.
enum class Access {
  anyone,
  signed_in,  ///< pages answer with a redirect to /sign-in?next=…, the API with 401
  instructor,
  reviewer,
  administrator,
};

/// The body that the route takes; anything larger is 413 before a handler runs.
enum class BodyPolicy {
  none,       ///< no body
  small,      ///< JSON up to 64 KiB
  form,       ///< application/x-www-form-urlencoded up to 256 KiB
  multipart,  ///< multipart/form-data up to 4 MiB (caption files)
  upload,     ///< tus PATCH: streamed to disk by server/net through an UploadSink, never in memory
};

/// How the route proves that a state-changing request comes from our own pages.
enum class Csrf {
  form_token,  ///< pages: hidden field "csrf" (and Origin / Sec-Fetch-Site)
  same_site,   ///< API: Origin / Sec-Fetch-Site, and the header X-CSRF: 1 where a cookie authenticates
  origin,  ///< only Origin / Sec-Fetch-Site: for what does no harm when forged (choosing a language) and must
           ///< work from cached pages, which carry no token
};

struct Context {
  const http::Request& request;
  storage::Connection& db;
  auth::Viewer viewer;
  render::Locale locale = render::Locale::zh_hans;
  Timestamp now;
  std::string request_id;     ///< in logs and in problem JSON
  std::string csrf;           ///< token to put into forms of the page
  bool keep_changes = false;  ///< commit even if the response is an error (rejected heartbeats are recorded)
  /// Lane::secret only: runs a job on the writer and waits for its commit. Throws DatabaseError when it
  /// fails.
  std::function<storage::WriteOutcome(const std::function<storage::Verdict(storage::Connection&)>&)> write{};
  std::string
      new_visitor{};  ///< set by the middleware: the visitor cookie to give when the page holds a form token
  /// Run once the changes are durable (not at all when they are rolled back): events to publish, caches to
  /// forget. Must be short and must not throw.
  std::vector<std::function<void()>> after_commit{};
  /// Set by the middleware; page_data, problem and render_page (server/routing) use them.
  const render::Messages* messages = nullptr;
  const render::Renderer* renderer = nullptr;
};

using Handler = std::function<http::Response(Context&)>;

/// What becomes of a request that writes while the disk is full. The little that can still be written then is
/// kept for those who want to get in, or out.
enum class OnFullDisk : std::uint8_t { refuse, go_on };

struct Endpoint {
  Lane lane = Lane::read;
  Access access = Access::anyone;
  BodyPolicy body = BodyPolicy::none;
  Csrf csrf = Csrf::form_token;
  Handler handler;
  /// Anonymous GET answers may be kept until the next commit that touches published content.
  bool cache_anonymous = false;
  OnFullDisk on_full_disk = OnFullDisk::refuse;  ///< for Lane::write and Lane::secret
  std::string operation_id{};                    ///< API only: as in the OpenAPI document
};

using Routes = http::Router<Endpoint>;

}  // namespace tongxing::routing
