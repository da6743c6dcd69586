// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/routing/endpoint.hpp"

namespace tongxing::api {

/// GET /api/v1/catalogue/{course}/access: who can take each lesson and why, and the same as IMS Access for
/// All 3.0 and schema.org. See openapi/access.json.
void add_access_api(routing::Routes& routes);

}  // namespace tongxing::api
