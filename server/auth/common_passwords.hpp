// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace tongxing::auth {

/// Whether the password, in lower case, is among those that attackers try first, in China and elsewhere. Only
/// entries of eight characters and more: shorter ones are refused anyway.
[[nodiscard]] bool is_common_password(std::string_view lower_case);

}  // namespace tongxing::auth
