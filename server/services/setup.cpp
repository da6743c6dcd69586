// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/setup.hpp"

#include "server/auth/token.hpp"
#include "server/storage/role_store.hpp"
#include "server/storage/setup_store.hpp"

#include <stdexcept>
#include <utility>

namespace tongxing::services {
namespace {

constexpr std::chrono::hours kLinkLife{24};

bool has_administrator(storage::Connection& db) {
  return storage::RoleStore(db).count_active("administrator") > 0;
}

void must_commit(storage::WriteOutcome outcome) {
  if (outcome != storage::WriteOutcome::committed)
    throw std::runtime_error("the database could not be written at start");
}

}  // namespace

std::optional<std::string> ensure_setup_link(storage::Database& database, const Clock& clock,
                                             Random& random) {
  std::optional<std::string> token;
  must_commit(database.write([&](storage::Connection& db) {
    if (!has_administrator(db)) {
      token = auth::new_token(random);
      const Timestamp now = clock.now();
      storage::SetupStore(db).replace_link(auth::hash_of(*token), now, now + kLinkLife);
    }
    return storage::Verdict::commit;
  }));
  return token;
}

bool setup_is_open(storage::Connection& db, std::string_view token, Timestamp now) {
  return !token.empty() && !has_administrator(db) &&
         storage::SetupStore(db).link_opens(auth::hash_of(token), now);
}

Result<AccountId> set_up(storage::Connection& db, const Accounts& accounts, std::string_view token,
                         PreparedAccount administrator, Timestamp now) {
  if (has_administrator(db) || !storage::SetupStore(db).use_link(auth::hash_of(token), now)) {
    return fail(ErrorCode::gone, "errors.accounts.setup_closed");
  }
  administrator.roles = {auth::Role::administrator};
  return accounts.create(db, administrator, "setup");
}

std::string installation_secret(storage::Database& database, Random& random, std::string_view name) {
  std::string value;
  must_commit(database.write([&](storage::Connection& db) {
    value = storage::SetupStore(db).get_or_set(name, auth::new_token(random));
    return storage::Verdict::commit;
  }));
  return value;
}

}  // namespace tongxing::services
