// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/result.hpp"
#include "server/http/message.hpp"
#include "server/routing/endpoint.hpp"

namespace tongxing::routing {

/// Decodes the body by the route's policy into request.form and request.files, unless the connection already
/// has. Errors: unsupported for another content type, malformed for a body that cannot be read. Pages only
/// accept what browsers' forms send.
[[nodiscard]] Result<void> decode_body(BodyPolicy policy, http::Request& request);

}  // namespace tongxing::routing
