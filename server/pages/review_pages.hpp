// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/random.hpp"
#include "server/routing/endpoint.hpp"

namespace tongxing::pages {

struct ReviewPagesDeps {
  Random& random;
};

/// The reviewer's pages: /review (the queue, without one's own work), /review/{version} and the forms on it:
/// take, checklists, return, publish, suspend. All of it works without JavaScript but the preview player.
void add_review_pages(routing::Routes& routes, const ReviewPagesDeps& deps);

/// /review/{version}/lessons/{lesson}: part of the above.
void add_review_preview_page(routing::Routes& routes);

}  // namespace tongxing::pages
