// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/sessions.hpp"

#include "server/auth/audit.hpp"
#include "server/auth/login_name.hpp"
#include "server/auth/roles.hpp"
#include "server/storage/account_store.hpp"
#include "server/storage/role_store.hpp"

#include <utility>

namespace tongxing::services {
namespace {

std::set<auth::Role> roles_of(storage::Connection& db, const AccountId& id) {
  std::set<auth::Role> roles;
  for (const std::string& text : storage::RoleStore(db).of(id)) {
    if (const auto role = auth::role_from(text)) roles.insert(*role);
  }
  return roles;
}

std::string device_binding(std::string_view login) {
  return "device:" + std::string(login);
}

constexpr std::size_t kPasswordBytes =
    4 * auth::kPasswordMost;  // UTF-8 at its longest: longer ones fit no account

}  // namespace

std::string seconds_text(Milliseconds wait) {
  return std::to_string((wait.count() + 999) / 1000);
}

Result<void> SignIns::pass_brakes(std::string_view key, std::string_view address) const {
  if (const auto wait = limits_.sign_in_address.take(address); wait.count() > 0) {
    return fail(ErrorCode::rate_limited, "errors.accounts.sign_in_wait", {{"seconds", seconds_text(wait)}});
  }
  if (const auto wait = limits_.sign_in_account.try_now(key); wait.count() > 0) {
    limits_.sign_in_address.give_back(address);
    return fail(ErrorCode::rate_limited, "errors.accounts.sign_in_wait", {{"seconds", seconds_text(wait)}});
  }
  return {};
}

Result<Verified> SignIns::verify(storage::Connection& db, std::string_view typed, std::string_view password,
                                 const SignInOrigin& origin) const {
  const auto normal = auth::normalise_login(typed);
  const std::string login = normal.value_or("");
  // A browser that this account was used in before has a brake of its own: whoever guesses from outside
  // cannot keep the owner waiting.
  const bool known = !login.empty() && devices_.valid(origin.device, device_binding(login));
  const std::string key =
      known ? device_binding(login) : (normal ? login : std::string(typed.substr(0, 256)));
  const std::string address = auth::address_block(origin.address);
  if (const auto passed = pass_brakes(key, address); !passed) return std::unexpected(passed.error());

  const auto account = normal ? storage::AccountStore(db).find_by_login(login) : std::nullopt;
  const std::string_view compared = password.substr(0, kPasswordBytes + 1);
  const bool fits =
      account ? hasher_.verify(account->password_hash, compared) : hasher_.verify_nobody(compared);
  if (!fits) return fail_field("login", "errors.accounts.sign_in_failed");
  limits_.sign_in_account.succeeded(key);
  limits_.sign_in_address.give_back(address);
  if (!account->active) return fail(ErrorCode::forbidden, "errors.accounts.disabled");
  Verified verified{account->id, account->password_hash, {}, devices_.make(device_binding(login))};
  if (hasher_.is_outdated(account->password_hash)) verified.new_hash = hasher_.hash(password);
  return verified;
}

Result<SignedIn> SignIns::start(storage::Connection& db, const Verified& verified,
                                const SessionId& before) const {
  const auto account = storage::AccountStore(db).find(verified.account);
  // Between comparing and now the password may have been changed or the account disabled: then nothing was
  // proven.
  if (!account || !account->active || account->password_hash != verified.password_hash) {
    return fail_field("login", "errors.accounts.sign_in_failed");
  }
  if (!verified.new_hash.empty()) storage::AccountStore(db).set_password_hash(account->id, verified.new_hash);
  SignedIn made = start_new(db, account->id, before);
  made.device = verified.device;
  return made;
}

SignedIn SignIns::start_new(storage::Connection& db, const AccountId& account,
                            const SessionId& before) const {
  if (!before.empty()) sessions_.end(db, before);
  SignedIn made{account, sessions_.start(db, account, roles_of(db, account)), {}};
  auth::record(db, clock_.now(), {account.str(), "session.started", "account", account.str()});
  return made;
}

void SignIns::end(storage::Connection& db, const auth::Viewer& viewer) const {
  if (!viewer.signed_in()) return;
  sessions_.end(db, viewer.session);
  auth::record(db, clock_.now(), {viewer.account.str(), "session.ended", "account", viewer.account.str()});
}

Result<std::string> SignIns::verify_change(storage::Connection& db, const auth::Viewer& viewer,
                                           std::string_view current, std::string_view wanted) const {
  const auto account = storage::AccountStore(db).find(viewer.account);
  if (!account) return fail(ErrorCode::not_found, "errors.accounts.not_found");
  // Somebody at an unlocked computer must not be able to try out passwords either.
  const std::string key = "change:" + account->login;
  if (const auto wait = limits_.sign_in_account.try_now(key); wait.count() > 0) {
    return fail(ErrorCode::rate_limited, "errors.accounts.sign_in_wait", {{"seconds", seconds_text(wait)}});
  }
  if (!hasher_.verify(account->password_hash, current)) {
    return fail_field("current_password", "errors.accounts.current_password_wrong");
  }
  limits_.sign_in_account.succeeded(key);
  if (const auto good = auth::check_new_password(wanted, account->login); !good)
    return std::unexpected(good.error());
  return hasher_.hash(wanted);
}

SignedIn SignIns::change(storage::Connection& db, const auth::Viewer& viewer,
                         const std::string& new_hash) const {
  storage::AccountStore(db).set_password_hash(viewer.account, new_hash);
  sessions_.end_all(db, viewer.account, SessionId{});
  auth::record(db, clock_.now(), {viewer.account.str(), "password.changed", "account", viewer.account.str()});
  return start_new(db, viewer.account, SessionId{});
}

}  // namespace tongxing::services
