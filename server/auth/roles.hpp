// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/viewer.hpp"
#include "server/base/clock.hpp"

#include <array>
#include <optional>
#include <set>
#include <string_view>

namespace tongxing::auth {

/// Every role, in the order in which pages list them.
inline constexpr std::array kRoles{Role::trainee, Role::instructor, Role::reviewer, Role::administrator};

/// The stored text of a role: "trainee", "instructor", "reviewer", "administrator".
[[nodiscard]] std::string_view to_text(Role role);
[[nodiscard]] std::optional<Role> role_from(std::string_view text);

/// How long a sign-in lasts: `idle` without a request, `absolute` in any case.
struct SessionLifetime {
  Milliseconds idle;
  Milliseconds absolute;
};

/// The shortest lifetime among the roles: administrator 30 min / 8 h, instructor and reviewer 2 h / 12 h,
/// trainee 24 h / 14 d. More power, shorter session.
[[nodiscard]] SessionLifetime lifetime_of(const std::set<Role>& roles);

}  // namespace tongxing::auth
