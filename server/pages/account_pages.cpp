// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/pages/account_pages.hpp"

namespace tongxing::pages {

void add_account_pages(routing::Routes& routes, const AccountPagesDeps& deps) {
  add_sign_in_pages(routes, deps);
  add_register_pages(routes, deps);
  add_setup_pages(routes, deps);
  add_own_account_pages(routes, deps);
  add_language_pages(routes, deps);
  add_admin_account_pages(routes, deps);
}

}  // namespace tongxing::pages
