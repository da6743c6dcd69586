// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/random.hpp"
#include "server/routing/endpoint.hpp"
#include "server/services/captions.hpp"
#include "server/services/descriptions.hpp"

namespace tongxing::api {

struct TeachingApiDeps {
  services::Captions captions;
  services::Descriptions descriptions;
  Random& random;
};

/// An instructor's courses, lessons, captions and descriptions, and how far a video is: /api/v1/courses…,
/// /api/v1/lessons/{lesson}…, /api/v1/assets/{asset} and its event stream.
void add_teaching_api(routing::Routes& routes, const TeachingApiDeps& deps);

/// Parts of the above.
void add_asset_api(routing::Routes& routes);
void add_lesson_api(routing::Routes& routes, const TeachingApiDeps& deps);
void add_description_api(routing::Routes& routes, const TeachingApiDeps& deps);

}  // namespace tongxing::api
