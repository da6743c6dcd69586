// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/accounts.hpp"

#include "server/auth/audit.hpp"
#include "server/auth/login_name.hpp"
#include "server/auth/roles.hpp"
#include "server/storage/account_store.hpp"
#include "server/storage/role_store.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tongxing::services {
namespace {

using auth::Role;

constexpr std::array<std::string_view, 4> kLocales{"", "zh-Hans", "zh-Hant", "en"};
constexpr std::int64_t kPageMost = 200;

bool is_locale(std::string_view tag) {
  return std::ranges::find(kLocales, tag) != kLocales.end();
}

std::set<Role> roles_of(storage::Connection& db, const AccountId& id) {
  std::set<Role> roles;
  for (const std::string& text : storage::RoleStore(db).of(id)) {
    if (const auto role = auth::role_from(text)) roles.insert(*role);
  }
  return roles;
}

Account shown(storage::Connection& db, storage::AccountRow row) {
  auto roles = roles_of(db, row.id);
  return {std::move(row.id),     std::move(row.login), std::move(row.display_name),
          std::move(row.locale), row.active,           std::move(roles),
          row.created_at};
}

Result<void> need_administrator(const auth::Viewer& viewer) {
  if (!viewer.is(Role::administrator))
    return fail(ErrorCode::forbidden, "errors.accounts.administrators_only");
  return {};
}

/// Refuses what would leave the platform without anybody who can manage it.
Result<void> keep_an_administrator(storage::Connection& db, const AccountId& id) {
  if (!roles_of(db, id).contains(Role::administrator)) return {};
  if (storage::RoleStore(db).count_active("administrator") > 1) return {};
  return fail(ErrorCode::conflict, "errors.accounts.last_administrator");
}

}  // namespace

std::vector<Error> Accounts::check(const NewAccount& wanted) const {
  std::vector<Error> errors;
  const auto login = auth::normalise_login(wanted.login);
  if (!login) errors.push_back(login.error());
  if (const auto name = auth::normalise_display_name(wanted.display_name); !name)
    errors.push_back(name.error());
  if (const auto password = auth::check_new_password(wanted.password, login.value_or("")); !password) {
    errors.push_back(password.error());
  }
  if (!is_locale(wanted.locale))
    errors.push_back(fail_field("locale", "errors.accounts.locale_unknown").error());
  return errors;
}

PreparedAccount Accounts::prepare(const NewAccount& wanted) const {
  return {auth::normalise_login(wanted.login).value(),
          auth::normalise_display_name(wanted.display_name).value(), hasher_.hash(wanted.password),
          wanted.locale, wanted.roles};
}

Result<AccountId> Accounts::create(storage::Connection& db, const PreparedAccount& account,
                                   const Actor& actor) const {
  const auto id = new_id<AccountId>(random_);
  const Timestamp now = clock_.now();
  const bool stored = storage::AccountStore(db).insert(
      {id, account.login, account.display_name, account.password_hash, account.locale, true, now});
  if (!stored) return fail_field("login", "errors.accounts.login_taken");
  const std::string by = actor.empty() ? id.str() : actor;
  auth::record(db, now, {by, "account.created", "account", id.str()});
  for (const Role role : account.roles) {
    storage::RoleStore(db).grant(id, auth::to_text(role), now, std::nullopt);
    auth::record(db, now, {by, "role.granted", "account", id.str(), std::string(auth::to_text(role))});
  }
  return id;
}

std::optional<Account> Accounts::find(storage::Connection& db, const AccountId& id) const {
  auto row = storage::AccountStore(db).find(id);
  if (!row) return std::nullopt;
  return shown(db, std::move(*row));
}

Result<std::vector<Account>> Accounts::list(storage::Connection& db, const auth::Viewer& viewer,
                                            std::string_view after, std::int64_t limit) const {
  if (const auto may = need_administrator(viewer); !may) return std::unexpected(may.error());
  std::vector<Account> found;
  for (auto& row : storage::AccountStore(db).list(after, std::clamp<std::int64_t>(limit, 1, kPageMost))) {
    found.push_back(shown(db, std::move(row)));
  }
  return found;
}

Result<void> Accounts::rename(storage::Connection& db, const auth::Viewer& viewer,
                              std::string_view name) const {
  const auto normal = auth::normalise_display_name(name);
  if (!normal) return std::unexpected(normal.error());
  storage::AccountStore(db).set_display_name(viewer.account, *normal);
  sessions_.forget_account(viewer.account);
  return {};
}

Result<void> Accounts::set_locale(storage::Connection& db, const auth::Viewer& viewer,
                                  std::string_view tag) const {
  if (!is_locale(tag)) return fail_field("locale", "errors.accounts.locale_unknown");
  storage::AccountStore(db).set_locale(viewer.account, tag);
  sessions_.forget_account(viewer.account);
  return {};
}

Result<void> Accounts::set_roles(storage::Connection& db, const auth::Viewer& viewer, const AccountId& id,
                                 const std::set<Role>& roles) const {
  if (const auto may = need_administrator(viewer); !may) return may;
  if (!storage::AccountStore(db).find(id)) return fail(ErrorCode::not_found, "errors.accounts.not_found");
  if (!roles.contains(Role::administrator)) {
    if (const auto kept = keep_an_administrator(db, id); !kept) return kept;
  }
  const std::set<Role> before = roles_of(db, id);
  if (before == roles) return {};
  const Timestamp now = clock_.now();
  storage::RoleStore store(db);
  for (const Role role : auth::kRoles) {
    const std::string text(auth::to_text(role));
    if (roles.contains(role) && !before.contains(role)) {
      store.grant(id, text, now, viewer.account);
      auth::record(db, now, {viewer.account.str(), "role.granted", "account", id.str(), text});
    } else if (!roles.contains(role) && before.contains(role)) {
      store.revoke(id, text);
      auth::record(db, now, {viewer.account.str(), "role.revoked", "account", id.str(), text});
    }
  }
  // Whoever has new powers signs in anew; the administrator at work keeps the session in hand.
  sessions_.end_all(db, id, id == viewer.account ? viewer.session : SessionId{});
  return {};
}

Result<void> Accounts::disable(storage::Connection& db, const auth::Viewer& viewer,
                               const AccountId& id) const {
  if (const auto may = need_administrator(viewer); !may) return may;
  if (id == viewer.account) return fail(ErrorCode::conflict, "errors.accounts.not_yourself");
  if (!storage::AccountStore(db).find(id)) return fail(ErrorCode::not_found, "errors.accounts.not_found");
  if (const auto kept = keep_an_administrator(db, id); !kept) return kept;
  storage::AccountStore(db).set_disabled(id);
  sessions_.end_all(db, id, SessionId{});
  auth::record(db, clock_.now(), {viewer.account.str(), "account.disabled", "account", id.str()});
  return {};
}

Result<void> Accounts::enable(storage::Connection& db, const auth::Viewer& viewer,
                              const AccountId& id) const {
  if (const auto may = need_administrator(viewer); !may) return may;
  if (!storage::AccountStore(db).find(id)) return fail(ErrorCode::not_found, "errors.accounts.not_found");
  storage::AccountStore(db).set_active(id);
  auth::record(db, clock_.now(), {viewer.account.str(), "account.enabled", "account", id.str()});
  return {};
}

Result<std::string> Accounts::prepare_reset(storage::Connection& db, const auth::Viewer& viewer,
                                            const AccountId& id, std::string_view password) const {
  if (const auto may = need_administrator(viewer); !may) return std::unexpected(may.error());
  const auto account = storage::AccountStore(db).find(id);
  if (!account) return fail(ErrorCode::not_found, "errors.accounts.not_found");
  if (const auto good = auth::check_new_password(password, account->login); !good)
    return std::unexpected(good.error());
  return hasher_.hash(password);
}

Result<AccountId> Accounts::reset_password(storage::Connection& db, const auth::Viewer& viewer,
                                           const AccountId& id, const std::string& hash) const {
  if (const auto may = need_administrator(viewer); !may) return std::unexpected(may.error());
  storage::AccountStore(db).set_password_hash(id, hash);
  sessions_.end_all(db, id, id == viewer.account ? viewer.session : SessionId{});
  auth::record(db, clock_.now(), {viewer.account.str(), "password.reset", "account", id.str()});
  return id;
}

Result<AccountId> create_account(storage::Database& database, const Accounts& accounts,
                                 const NewAccount& wanted) {
  if (auto errors = accounts.check(wanted); !errors.empty()) return std::unexpected(errors.front());
  const PreparedAccount prepared = accounts.prepare(wanted);
  Result<AccountId> made = fail(ErrorCode::internal, "common.error_page.internal.what");
  const auto outcome = database.write([&](storage::Connection& db) {
    made = accounts.create(db, prepared, "command-line");
    return made ? storage::Verdict::commit : storage::Verdict::rollback;
  });
  if (outcome == storage::WriteOutcome::disk_full) {
    return fail(ErrorCode::insufficient_storage, "common.error_page.insufficient_storage.what");
  }
  return made;
}

}  // namespace tongxing::services
