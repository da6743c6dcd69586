// SPDX-License-Identifier: GPL-3.0-or-later
// Rules of accounts and sign-ins that no page can reach: what happens between two steps, and who may do what.
#include "server/services/accounts.hpp"

#include "server/auth/token.hpp"
#include "server/services/sessions.hpp"
#include "server/services/setup.hpp"
#include "server/storage/account_store.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_random.hpp"
#include "tests/support/temp_database.hpp"

using namespace tongxing;
using namespace std::chrono_literals;
using auth::Role;

namespace {

constexpr const char* kPassword = "spring is here";

struct Office {
  tests::TempDatabase database;
  tests::FakeClock clock;
  tests::FakeRandom random;
  auth::PasswordHasher hasher{{1, 8192}};
  auth::SessionCache cache{clock};
  auth::Sessions sessions{clock, random, cache, {}};
  auth::RateLimits limits{clock};
  auth::FormTokens devices{"a key of form tokens for tests, 32+", random};
  services::Accounts accounts{clock, random, hasher, sessions};
  services::SignIns sign_ins{clock, hasher, sessions, limits, devices};

  AccountId make(const std::string& login, const std::set<Role>& roles) {
    return services::create_account(*database, accounts, {login, login, kPassword, "", roles}).value();
  }
  auth::Viewer viewer(const AccountId& id, const std::set<Role>& roles) {
    return {id, SessionId{"s"}, "", "", roles};
  }

  /// A use case on the writer; what it refuses is rolled back.
  template <typename Case>
  auto write(Case use_case) {
    std::optional<decltype(use_case(std::declval<storage::Connection&>()))> result;
    database->write([&](storage::Connection& db) {
      result.emplace(use_case(db));
      return result->has_value() ? storage::Verdict::commit : storage::Verdict::rollback;
    });
    return std::move(*result);
  }
  Result<services::Verified> verify(const std::string& login, const std::string& password) {
    Result<services::Verified> verified = fail(ErrorCode::internal, {});
    database->read(
        [&](storage::Connection& db) { verified = sign_ins.verify(db, login, password, {"192.0.2.1"}); });
    return verified;
  }
};

template <typename T>
std::string message(const Result<T>& result) {
  return result ? "" : result.error().message;
}

}  // namespace

TEST_CASE("a password that was changed between comparing and starting opens nothing") {
  Office office;
  const AccountId anna = office.make("anna", {Role::trainee});
  const auto verified = office.verify("anna", kPassword);
  REQUIRE(verified);
  office.database->write([&](storage::Connection& db) {
    storage::AccountStore(db).set_password_hash(anna, office.hasher.hash("autumn is near"));
    return storage::Verdict::commit;
  });
  CHECK_FALSE(
      office.write([&](storage::Connection& db) { return office.sign_ins.start(db, *verified, {}); }));
}

TEST_CASE("an account that was disabled between comparing and starting stays out") {
  Office office;
  const AccountId anna = office.make("anna", {Role::trainee});
  const AccountId root = office.make("root", {Role::administrator});
  const auto verified = office.verify("anna", kPassword);
  REQUIRE(verified);
  const auto admin = office.viewer(root, {Role::administrator});
  CHECK(office.write([&](storage::Connection& db) { return office.accounts.disable(db, admin, anna); }));
  CHECK_FALSE(
      office.write([&](storage::Connection& db) { return office.sign_ins.start(db, *verified, {}); }));
}

TEST_CASE("a hash of an older cost is made anew at the next sign-in") {
  Office office;
  const AccountId anna = office.make("anna", {Role::trainee});
  const auth::PasswordHasher dearer({2, 8192});
  const services::SignIns today{office.clock, dearer, office.sessions, office.limits, office.devices};
  Result<services::Verified> verified = fail(ErrorCode::internal, {});
  office.database->read(
      [&](storage::Connection& db) { verified = today.verify(db, "anna", kPassword, {"192.0.2.1"}); });
  REQUIRE(verified);
  CHECK(office.write([&](storage::Connection& db) { return today.start(db, *verified, {}); }));
  office.database->read([&](storage::Connection& db) {
    const auto row = storage::AccountStore(db).find(anna);
    CHECK_FALSE(dearer.is_outdated(row->password_hash));
    CHECK(dearer.verify(row->password_hash, kPassword));
  });
}

TEST_CASE("only administrators manage accounts, whatever they ask for") {
  Office office;
  const AccountId anna = office.make("anna", {Role::trainee});
  office.make("root", {Role::administrator});
  for (const Role role : {Role::trainee, Role::instructor, Role::reviewer}) {
    const auto viewer = office.viewer(anna, {role});
    office.database->read([&](storage::Connection& db) {
      CHECK(office.accounts.list(db, viewer, "", 10).error().code == ErrorCode::forbidden);
      CHECK(office.accounts.prepare_reset(db, viewer, anna, "autumn is near").error().code ==
            ErrorCode::forbidden);
    });
    CHECK_FALSE(office.write([&](storage::Connection& db) {
      return office.accounts.set_roles(db, viewer, anna, {Role::administrator});
    }));
    CHECK_FALSE(
        office.write([&](storage::Connection& db) { return office.accounts.disable(db, viewer, anna); }));
    CHECK_FALSE(
        office.write([&](storage::Connection& db) { return office.accounts.enable(db, viewer, anna); }));
    CHECK_FALSE(office.write(
        [&](storage::Connection& db) { return office.accounts.reset_password(db, viewer, anna, "h"); }));
  }
}

TEST_CASE("there is always somebody in charge") {
  Office office;
  const AccountId root = office.make("root", {Role::administrator});
  const AccountId second = office.make("second", {Role::administrator});
  const auto first_viewer = office.viewer(root, {Role::administrator});
  const auto second_viewer = office.viewer(second, {Role::administrator});
  CHECK(message(office.write([&](storage::Connection& db) {
          return office.accounts.disable(db, first_viewer, root);
        })) == "errors.accounts.not_yourself");
  CHECK(office.write(
      [&](storage::Connection& db) { return office.accounts.disable(db, first_viewer, second); }));
  // The second one's session may still be in somebody's hands for a moment: it must not undo the last one.
  CHECK(message(office.write([&](storage::Connection& db) {
          return office.accounts.disable(db, second_viewer, root);
        })) == "errors.accounts.last_administrator");
  CHECK(message(office.write([&](storage::Connection& db) {
          return office.accounts.set_roles(db, first_viewer, root, {Role::trainee});
        })) == "errors.accounts.last_administrator");
}

TEST_CASE("the set-up link is used up by one of two who open it") {
  Office office;
  const auto token = services::ensure_setup_link(*office.database, office.clock, office.random);
  REQUIRE(token);
  const auto prepare = [&](const std::string& login) {
    return office.accounts.prepare({login, login, kPassword, "", {}});
  };
  const auto first = prepare("first");
  const auto second = prepare("second");
  const auto set_up = [&](const services::PreparedAccount& who) {
    return office.write([&](storage::Connection& db) {
      return services::set_up(db, office.accounts, *token, who, office.clock.now());
    });
  };
  CHECK(set_up(first));
  CHECK(set_up(second).error().code == ErrorCode::gone);
  office.database->read([&](storage::Connection& db) {
    CHECK_FALSE(storage::AccountStore(db).find_by_login("second"));
    const auto found = office.accounts.find(db, storage::AccountStore(db).find_by_login("first")->id);
    CHECK(found->roles == std::set<Role>{Role::administrator});
  });
}

TEST_CASE("the set-up link itself is nowhere in the database") {
  Office office;
  const auto token = services::ensure_setup_link(*office.database, office.clock, office.random);
  office.database->read([&](storage::Connection& db) {
    auto rows = db.query("SELECT token_hash FROM setup_links");
    REQUIRE(rows.next());
    CHECK(rows.get<std::string>(0) == auth::hash_of(*token));
  });
}

TEST_CASE("the command line hears what is wrong with an account") {
  Office office;
  office.make("anna", {Role::trainee});
  const auto made = [&](const std::string& login, const std::string& password) {
    return message(
        services::create_account(*office.database, office.accounts, {login, "Anna", password, "", {}}));
  };
  CHECK(made("ANNA", kPassword) == "errors.accounts.login_taken");
  CHECK(made("a", kPassword) == "errors.accounts.login_length");
  CHECK(made("ben", "123") == "errors.accounts.password_short");
  CHECK(made("ben", kPassword).empty());
}
