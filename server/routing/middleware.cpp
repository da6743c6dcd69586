// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/routing/middleware.hpp"

#include "server/auth/token.hpp"
#include "server/base/log.hpp"
#include "server/http/text.hpp"
#include "server/routing/body.hpp"
#include "server/routing/csrf.hpp"
#include "server/routing/error_response.hpp"
#include "server/routing/language.hpp"
#include "server/routing/page_data.hpp"
#include "server/routing/security_headers.hpp"

#include <algorithm>
#include <exception>
#include <string>
#include <utility>

namespace tongxing::routing {
namespace {

constexpr std::size_t kVisitorLength = 26;  // 128 bits in base32
constexpr std::chrono::hours kVisitorLife{24 * 30};

bool allowed(Access access, const auth::Viewer& viewer) {
  using auth::Role;
  switch (access) {
    case Access::anyone:
      return true;
    case Access::signed_in:
      return viewer.signed_in();
    case Access::instructor:
      return viewer.is(Role::instructor);
    case Access::reviewer:
      return viewer.is(Role::reviewer);
    case Access::administrator:
      return viewer.is(Role::administrator);
  }
  return false;
}

/// Where to go on after signing in: this page, or the page whose form was sent.
std::string next_of(const http::Request& request) {
  if (http::is_safe(request.method)) return own_path_or(request.target, "/");
  std::string_view referrer = request.headers.get("Referer").value_or("");
  if (request.origin.empty() || !referrer.starts_with(request.origin)) return "/";
  referrer.remove_prefix(request.origin.size());
  return own_path_or(referrer, "/");
}

http::Response sign_in_first(const Context& ctx) {
  if (is_api(ctx.request)) return problem(ctx, Error{ErrorCode::unauthenticated, {}, {}, {}, {}});
  return http::see_other("/sign-in?next=" + http::percent_encode(next_of(ctx.request)));
}

/// One header with all of what an anonymous answer depends on, beside what the handler has said.
void add_caching(const Endpoint& endpoint, const Context& ctx, http::Response& response) {
  if (response.headers.get("Cache-Control")) return;
  const bool personal = ctx.viewer.signed_in() || response.headers.get("Set-Cookie").has_value() ||
                        endpoint.access != Access::anyone || !http::is_safe(ctx.request.method) ||
                        response.status >= 400;
  response.headers.add("Cache-Control", personal ? "no-store" : "no-cache");
  if (!personal) response.headers.add("Vary", "Cookie, Accept-Language");
}

}  // namespace

std::string Middleware::visitor_of(const http::Request& request) const {
  const std::string_view id = auth::cookie(request, auth::kVisitorCookie);
  const bool ours = id.size() == kVisitorLength && std::ranges::all_of(id, [](char c) {
                      return (c >= 'a' && c <= 'z') || (c >= '2' && c <= '7');
                    });
  return ours ? std::string(id) : std::string{};
}

Context Middleware::context(const Endpoint& endpoint, const http::Request& request,
                            storage::Connection& db) const {
  Context ctx{request, db, {}, {}, deps_.clock.now(), random_text(deps_.random, 80), {}};
  ctx.messages = &deps_.messages;
  ctx.renderer = &deps_.renderer;
  ctx.locale = language_of(request, {});
  ctx.viewer = deps_.sessions.resolve(db, auth::cookie(request, auth::kSessionCookie));
  ctx.locale = language_of(request, ctx.viewer.locale);
  if (ctx.viewer.signed_in()) {
    ctx.csrf = deps_.form_tokens.make(ctx.viewer.session.str());
  } else if (!endpoint.cache_anonymous && endpoint.csrf == Csrf::form_token) {
    std::string visitor = visitor_of(request);
    if (visitor.empty()) visitor = ctx.new_visitor = random_text(deps_.random, 128);
    ctx.csrf = deps_.form_tokens.make(visitor);
  }
  return ctx;
}

std::expected<Context, http::Response> Middleware::check(const Endpoint& endpoint,
                                                         const http::Request& request, Context ctx) const {
  if (!allowed(endpoint.access, ctx.viewer)) {
    if (!ctx.viewer.signed_in()) return std::unexpected(sign_in_first(ctx));
    return std::unexpected(failure(ctx, Error{ErrorCode::forbidden, {}, {}, {}, {}}));
  }
  if (!http::is_safe(request.method)) {
    const std::string binding = ctx.viewer.signed_in() ? ctx.viewer.session.str() : visitor_of(request);
    if (!csrf_holds(endpoint.csrf, request, deps_.form_tokens, binding)) {
      return std::unexpected(
          failure(ctx, Error{ErrorCode::forbidden, "common.error_page.form_expired.what", {}, {}, {}}));
    }
  }
  return ctx;
}

std::expected<Context, http::Response> Middleware::admit(const Endpoint& endpoint,
                                                         const http::Request& request,
                                                         storage::Connection& db) const {
  auto checked = check(endpoint, request, context(endpoint, request, db));
  if (!checked) add_security_headers(checked.error(), request);
  return checked;
}

http::Response Middleware::fault(const Context& ctx, std::string_view what, ErrorCode code) const {
  log::error("request_failed", {{"request", ctx.request_id}, {"error", what}});
  try {
    return failure(ctx, Error{code, {}, {}, {}, {}});
  } catch (const std::exception& again) {
    log::error("error_page_failed", {{"request", ctx.request_id}, {"error", again.what()}});
    return http::Response{
        status_of(code), {}, std::string("Tongxing: internal error, request ") + ctx.request_id + "\n"};
  }
}

http::Response Middleware::guarded(const Endpoint& endpoint, Context& ctx) const {
  try {
    return endpoint.handler(ctx);
  } catch (const storage::DatabaseError& error) {
    ctx.keep_changes = false;
    return fault(ctx, error.what(), error.is_full() ? ErrorCode::insufficient_storage : ErrorCode::internal);
  } catch (const std::exception& error) {
    ctx.keep_changes = false;
    return fault(ctx, error.what(), ErrorCode::internal);
  } catch (...) {
    ctx.keep_changes = false;
    return fault(ctx, "not a std::exception", ErrorCode::internal);
  }
}

void Middleware::finish(const Endpoint& endpoint, const Context& ctx, http::Response& response) const {
  if (!ctx.new_visitor.empty() && !ctx.csrf.empty()) {
    // A cookie only for those who were given a form: reading the catalogue leaves no trace on anybody's
    // device.
    const auto* text = std::get_if<std::string>(&response.body);
    if (text != nullptr && text->find(ctx.csrf) != std::string::npos) {
      response.headers.add(
          "Set-Cookie", auth::set_cookie(ctx.request, auth::kVisitorCookie, ctx.new_visitor, kVisitorLife));
    }
  }
  add_caching(endpoint, ctx, response);
  add_security_headers(response, ctx.request);
}

Outcome Middleware::run(const Endpoint& endpoint, http::Request request, storage::Connection& db,
                        WriteThrough write) const {
  Outcome outcome;
  try {
    const auto readable = decode_body(endpoint.body, request);
    Context made = context(endpoint, request, db);
    auto checked = readable ? check(endpoint, request, std::move(made))
                            : std::unexpected(failure(made, readable.error()));
    if (!checked) {
      outcome.response = std::move(checked.error());
      outcome.verdict = storage::Verdict::rollback;
      if (!outcome.response.headers.get("Cache-Control"))
        outcome.response.headers.add("Cache-Control", "no-store");
      add_security_headers(outcome.response, request);
      return outcome;
    }
    Context& ctx = *checked;
    ctx.write = std::move(write);
    outcome.response = guarded(endpoint, ctx);
    finish(endpoint, ctx, outcome.response);
    const bool keep = outcome.response.status < 400 || ctx.keep_changes;
    outcome.verdict = keep ? storage::Verdict::commit : storage::Verdict::rollback;
    if (keep) outcome.after_commit = std::move(ctx.after_commit);
    if (endpoint.lane != Lane::write) {
      for (const auto& action : outcome.after_commit) action();
      outcome.after_commit.clear();
    }
  } catch (const std::exception& error) {
    log::error("middleware_failed", {{"error", error.what()}});
    outcome.response = refusal(request, Error{ErrorCode::internal, {}, {}, {}, {}});
    outcome.verdict = storage::Verdict::rollback;
    outcome.after_commit.clear();
  }
  return outcome;
}

http::Response Middleware::refusal(const http::Request& request, const Error& error) const {
  http::Response response;
  try {
    const auth::Viewer nobody;
    const std::string id = random_text(deps_.random, 80);
    response = failure(
        PageView(request, nobody, language_of(request, {}), id, deps_.messages, deps_.renderer), error);
  } catch (const std::exception& fault) {
    log::error("error_page_failed", {{"error", fault.what()}});
    response = http::Response{status_of(error.code), {}, std::string("Tongxing: error\n")};
  }
  if (!response.headers.get("Cache-Control")) response.headers.add("Cache-Control", "no-store");
  add_security_headers(response, request);
  return response;
}

}  // namespace tongxing::routing
