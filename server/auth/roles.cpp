// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/roles.hpp"

namespace tongxing::auth {

std::string_view to_text(Role role) {
  switch (role) {
    case Role::trainee:
      return "trainee";
    case Role::instructor:
      return "instructor";
    case Role::reviewer:
      return "reviewer";
    case Role::administrator:
      return "administrator";
  }
  return "trainee";
}

std::optional<Role> role_from(std::string_view text) {
  for (const Role role : kRoles) {
    if (to_text(role) == text) return role;
  }
  return std::nullopt;
}

SessionLifetime lifetime_of(const std::set<Role>& roles) {
  using namespace std::chrono_literals;
  if (roles.contains(Role::administrator)) return {30min, 8h};
  if (roles.contains(Role::instructor) || roles.contains(Role::reviewer)) return {2h, 12h};
  return {24h, 14 * 24h};
}

}  // namespace tongxing::auth
