// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/routing/endpoint.hpp"

namespace tongxing::pages {

/// GET /courses/{course}/lessons/{lesson}; add_learning_pages calls it.
void add_lesson_page(routing::Routes& routes);

}  // namespace tongxing::pages
