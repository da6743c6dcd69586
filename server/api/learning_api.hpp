// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/random.hpp"
#include "server/routing/endpoint.hpp"

namespace tongxing::api {

struct LearningApiDeps {
  Random& random;  ///< outlives the routes
};

/// GET /api/v1/catalogue, /api/v1/catalogue/{course}; POST /api/v1/courses/{course}/enrollment,
/// /api/v1/lessons/{lesson}/playback-sessions, /api/v1/playback-sessions/{session}/heartbeats;
/// GET /api/v1/me/progress, /api/v1/me/credits. Described in openapi/learning.json.
void add_learning_api(routing::Routes& routes, LearningApiDeps deps);

}  // namespace tongxing::api
