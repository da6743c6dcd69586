// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/routing/csrf.hpp"

#include "server/auth/sessions.hpp"

namespace tongxing::routing {
namespace {

bool begins_with_type(std::string_view value, std::string_view type) {
  return value.starts_with(type) && (value.size() == type.size() || value[type.size()] == ';');
}

}  // namespace

bool from_our_origin(const http::Request& request) {
  const auto site = request.headers.get("Sec-Fetch-Site");
  const auto origin = request.headers.get("Origin");
  if (site) return *site == "same-origin" || (*site == "none" && (!origin || *origin == request.origin));
  return !origin || *origin == request.origin;
}

bool is_scripted_by_us(const http::Request& request) {
  if (request.headers.get("X-CSRF") != "1") return false;
  const auto type = request.headers.get("Content-Type");
  if (!type) return request.body.empty();
  // A form can send files, but never with PUT.
  if (request.method == http::Method::put && begins_with_type(*type, "multipart/form-data")) return true;
  return begins_with_type(*type, "application/json") ||
         begins_with_type(*type, "application/offset+octet-stream");
}

bool csrf_holds(Csrf kind, const http::Request& request, const auth::FormTokens& tokens,
                std::string_view binding) {
  if (!from_our_origin(request)) return false;
  switch (kind) {
    case Csrf::origin:
      return true;
    case Csrf::form_token:
      return tokens.valid(request.form.get("csrf").value_or(""), binding);
    case Csrf::same_site:
      return auth::cookie(request, auth::kSessionCookie).empty() || is_scripted_by_us(request);
  }
  return false;
}

std::string csrf_token(const Context& ctx) {
  return ctx.csrf;
}

}  // namespace tongxing::routing
