// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/routing/endpoint.hpp"
#include "server/services/accounts.hpp"
#include "server/services/sessions.hpp"

namespace tongxing::api {

/// What the API of accounts needs; all of it must outlive the routes.
struct AccountApiDeps {
  const services::Accounts& accounts;
  const services::SignIns& sign_ins;
  auth::Sessions& sessions;
};

/// POST and DELETE /api/v1/session, GET /api/v1/me, GET and POST /api/v1/accounts; described in
/// openapi/accounts.json.
void add_account_api(routing::Routes& routes, const AccountApiDeps& deps);

}  // namespace tongxing::api
