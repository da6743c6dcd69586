// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/form_tokens.hpp"
#include "server/auth/sessions.hpp"
#include "server/base/random.hpp"
#include "server/render/renderer.hpp"
#include "server/routing/endpoint.hpp"

#include <expected>
#include <functional>
#include <memory>
#include <vector>

namespace tongxing::routing {

/// What became of a request: what to send, and for Lane::write whether its changes stay.
struct Outcome {
  http::Response response;
  storage::Verdict verdict =
      storage::Verdict::commit;  ///< rollback for 400 and more, unless Context::keep_changes
  /// Lane::write: call them once the commit is durable; drop them when it is lost. Empty on the other lanes,
  /// where the middleware has called them already.
  std::vector<std::function<void()>> after_commit{};
};

/// Waits for a write job of the writer thread; given for Lane::secret.
using WriteThrough =
    std::function<storage::WriteOutcome(const std::function<storage::Verdict(storage::Connection&)>&)>;

struct MiddlewareDeps {
  const render::Messages& messages;
  const render::Renderer& renderer;
  const Clock& clock;
  Random& random;
  auth::Sessions& sessions;
  const auth::FormTokens& form_tokens;
};

/// Everything between the queue and a handler: body → session → language → access → form token → handler →
/// errors → security headers. Immutable; any thread. Owner: the composition root. Never throws (this is the
/// guard of the worker threads): a fault becomes 500 with a request id, and its text goes to the log alone.
class Middleware {
 public:
  explicit Middleware(const MiddlewareDeps& deps) : deps_(deps) {}

  /// Runs an endpoint on the lane's connection. `request` is taken by value: its body is decoded here.
  [[nodiscard]] Outcome run(const Endpoint& endpoint, http::Request request, storage::Connection& db,
                            WriteThrough write = {}) const;

  /// Only the questions before the handler, for what is not a handler (tus bodies, media files that are not
  /// published): the context, or the refusal to send. `request` and `db` must outlive the context.
  [[nodiscard]] std::expected<Context, http::Response> admit(const Endpoint& endpoint,
                                                             const http::Request& request,
                                                             storage::Connection& db) const;

  /// The answer to what has no endpoint or no lane (404, 405, 413, 503, 507 …), without a database: page or
  /// problem in the language of the cookie or the browser. Any thread.
  [[nodiscard]] http::Response refusal(const http::Request& request, const Error& error) const;

 private:
  [[nodiscard]] std::expected<Context, http::Response> check(const Endpoint& endpoint,
                                                             const http::Request& request, Context ctx) const;
  [[nodiscard]] Context context(const Endpoint& endpoint, const http::Request& request,
                                storage::Connection& db) const;
  [[nodiscard]] http::Response fault(const Context& ctx, std::string_view what, ErrorCode code) const;
  [[nodiscard]] http::Response guarded(const Endpoint& endpoint, Context& ctx) const;
  void finish(const Endpoint& endpoint, const Context& ctx, http::Response& response) const;
  [[nodiscard]] std::string visitor_of(const http::Request& request) const;

  MiddlewareDeps deps_;
};

}  // namespace tongxing::routing
