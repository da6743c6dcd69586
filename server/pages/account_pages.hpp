// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/rate_limits.hpp"
#include "server/base/random.hpp"
#include "server/routing/endpoint.hpp"
#include "server/services/accounts.hpp"
#include "server/services/sessions.hpp"

namespace tongxing::pages {

/// What the pages of accounts need; all of it must outlive the routes.
struct AccountPagesDeps {
  const services::Accounts& accounts;
  const services::SignIns& sign_ins;
  auth::Sessions& sessions;
  auth::RateLimits& limits;
  Random& random;
};

/// /sign-in, /sign-out, /register, /setup, /account, /account/password, /language, /admin/accounts and below.
void add_account_pages(routing::Routes& routes, const AccountPagesDeps& deps);

// One function a file; add_account_pages calls them all.
void add_sign_in_pages(routing::Routes& routes, const AccountPagesDeps& deps);
void add_register_pages(routing::Routes& routes, const AccountPagesDeps& deps);
void add_setup_pages(routing::Routes& routes, const AccountPagesDeps& deps);
void add_own_account_pages(routing::Routes& routes, const AccountPagesDeps& deps);
void add_language_pages(routing::Routes& routes, const AccountPagesDeps& deps);
void add_admin_account_pages(routing::Routes& routes, const AccountPagesDeps& deps);

}  // namespace tongxing::pages
