// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/rate_limits.hpp"
#include "server/auth/sessions.hpp"
#include "server/base/clock.hpp"
#include "server/base/random.hpp"
#include "server/render/locale.hpp"
#include "server/routing/endpoint.hpp"
#include "server/services/accounts.hpp"
#include "server/services/captions.hpp"
#include "server/services/sessions.hpp"
#include "server/services/uploads.hpp"
#include "server/storage/data_folder.hpp"
#include "server/storage/database.hpp"

namespace tongxing::app {

/// What the handlers are made of; everything outlives the routes.
struct RouteParts {
  storage::Database& database;
  const storage::DataLayout& layout;
  const Clock& clock;
  Random& random;
  const render::Messages& messages;
  const services::Accounts& accounts;
  const services::SignIns& sign_ins;
  auth::Sessions& sessions;
  auth::RateLimits& rate_limits;
  services::Uploads& uploads;
  const services::Captions& captions;
};

/// Every page and every operation, registered area by area.
[[nodiscard]] routing::Routes all_routes(const RouteParts& parts);

}  // namespace tongxing::app
