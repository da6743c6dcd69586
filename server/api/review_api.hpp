// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/random.hpp"
#include "server/routing/endpoint.hpp"

namespace tongxing::api {

struct ReviewApiDeps {
  Random& random;
};

/// The reviewer's queue and judgements: /api/v1/reviews…
void add_review_api(routing::Routes& routes, const ReviewApiDeps& deps);

}  // namespace tongxing::api
