// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/clock.hpp"
#include "server/base/random.hpp"
#include "server/base/result.hpp"
#include "server/services/accounts.hpp"
#include "server/storage/database.hpp"

#include <optional>
#include <string>
#include <string_view>

/// The first minutes of an installation.
namespace tongxing::services {

/// At start: when there is no active administrator, makes a new set-up link (24 h, once) and returns its
/// token, to be printed as <origin>/setup?token=…; earlier links stop working. Nothing when there is one.
[[nodiscard]] std::optional<std::string> ensure_setup_link(storage::Database& database, const Clock& clock,
                                                           Random& random);

/// Whether the token opens the set-up page now.
[[nodiscard]] bool setup_is_open(storage::Connection& db, std::string_view token, Timestamp now);

/// Makes the first administrator and uses the link up, in the caller's write transaction. Errors: gone for a
/// link that does not open (any more); a taken login.
[[nodiscard]] Result<AccountId> set_up(storage::Connection& db, const Accounts& accounts,
                                       std::string_view token, PreparedAccount administrator, Timestamp now);

/// A secret text of this installation that stays the same after a restart, made the first time it is asked
/// for: the key of form tokens ("form-token-key").
[[nodiscard]] std::string installation_secret(storage::Database& database, Random& random,
                                              std::string_view name);

}  // namespace tongxing::services
