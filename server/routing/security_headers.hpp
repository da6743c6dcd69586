// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/message.hpp"

namespace tongxing::routing {

/// Puts on every response, also static ones and refusals: Content-Security-Policy, nosniff, Referrer-Policy,
/// COOP, CORP, Permissions-Policy, and HSTS over TLS. A field that the handler has set is left alone.
void add_security_headers(http::Response& response, const http::Request& request);

}  // namespace tongxing::routing
