// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/routing/endpoint.hpp"

#include <string>

namespace tongxing::api {

/// The OpenAPI 3.1 document of /api/v1, put together from server/api/openapi/*.json: common.json is the
/// frame, every other file gives "paths" and "schemas" of its area. Throws std::logic_error when two areas
/// define the same name.
[[nodiscard]] std::string openapi_document();

/// Serves it at GET /api/v1/openapi.json.
void add_openapi(routing::Routes& routes);

}  // namespace tongxing::api
