// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/form_tokens.hpp"
#include "server/http/message.hpp"
#include "server/routing/endpoint.hpp"

#include <string_view>

/// Does this request come from our own pages? Pure questions; the middleware turns a "no" into 403.
namespace tongxing::routing {

/// What the browser itself says (W3C Fetch Metadata; RFC 6454 §7). Sec-Fetch-Site decides where it is
/// present: same-origin passes, none passes unless an Origin contradicts it, same-site and cross-site are
/// refused. Without it Origin must be ours; "null" is not. Both absent passes: then the token or X-CSRF must
/// prove it.
[[nodiscard]] bool from_our_origin(const http::Request& request);

/// Header X-CSRF: 1, and no body of a type that a foreign form could send: both make a browser ask first
/// (CORS preflight), which no foreign origin is granted.
[[nodiscard]] bool is_scripted_by_us(const http::Request& request);

/// The whole rule for an unsafe method. `binding`: session id, or the id in the visitor cookie
/// (empty: there is none).
[[nodiscard]] bool csrf_holds(Csrf kind, const http::Request& request, const auth::FormTokens& tokens,
                              std::string_view binding);

/// A token for forms of the page that is being made; the same as ctx.csrf.
[[nodiscard]] std::string csrf_token(const Context& ctx);

}  // namespace tongxing::routing
