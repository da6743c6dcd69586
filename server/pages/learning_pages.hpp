// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/random.hpp"
#include "server/routing/endpoint.hpp"

namespace tongxing::pages {

struct LearningPagesDeps {
  Random& random;  ///< outlives the routes
};

/// /, /courses, /courses/{course} and POST /courses/{course}/enrol. What visitors get holds nothing personal.
void add_catalogue_pages(routing::Routes& routes, LearningPagesDeps deps);

/// /courses/{course}/lessons/{lesson}, /my/learning, /my/credits.
void add_learning_pages(routing::Routes& routes);

}  // namespace tongxing::pages
