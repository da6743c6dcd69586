// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/id.hpp"

#include <set>
#include <string>

namespace tongxing::auth {

/// Roles that exist so far. The text form (trainee, instructor, …) is what is stored.
enum class Role { trainee, instructor, reviewer, administrator };

/// Who asks. Every service takes one; "anonymous" has no account and no roles.
struct Viewer {
  AccountId account{};
  SessionId session{};  ///< the hash of the session token, as text: never the token
  std::string display_name{};
  std::string locale{};  ///< the account's choice, or empty
  std::set<Role> roles{};

  [[nodiscard]] bool signed_in() const { return !account.empty(); }
  [[nodiscard]] bool is(Role role) const { return roles.contains(role); }
};

}  // namespace tongxing::auth
