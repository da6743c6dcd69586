// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/sessions.hpp"

#include "server/auth/roles.hpp"
#include "server/auth/token.hpp"
#include "server/storage/account_store.hpp"
#include "server/storage/role_store.hpp"
#include "server/storage/session_store.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_random.hpp"
#include "tests/support/temp_database.hpp"

using namespace tongxing;
using namespace std::chrono_literals;
using auth::Role;

namespace {

struct House {
  tests::TempDatabase database;
  tests::FakeClock clock;
  tests::FakeRandom random;
  auth::SessionCache cache{clock};
  int notes = 0;
  auth::Sessions sessions{clock, random, cache, [this](const SessionId& id, Timestamp at) {
                            ++notes;
                            static_cast<void>(database->submit_write(
                                [id, at](storage::Connection& db) {
                                  storage::SessionStore(db).touch(id, at);
                                  return storage::Verdict::commit;
                                },
                                [](storage::WriteOutcome) {}));
                          }};
  AccountId anna{"anna"};

  House() {
    change([&](storage::Connection& db) {
      static_cast<void>(
          storage::AccountStore(db).insert({anna, "anna", "Anna", "hash", "", true, clock.now()}));
      storage::RoleStore(db).grant(anna, "trainee", clock.now(), std::nullopt);
    });
  }
  template <typename Job>
  void change(Job job) {
    database->write([&](storage::Connection& db) {
      job(db);
      return storage::Verdict::commit;
    });
  }
  std::string start(const std::set<Role>& roles = {Role::trainee}) {
    std::string token;
    change([&](storage::Connection& db) { token = sessions.start(db, anna, roles); });
    return token;
  }
  auth::Viewer who(const std::string& token) {
    auth::Viewer viewer;
    database->read([&](storage::Connection& db) { viewer = sessions.resolve(db, token); });
    return viewer;
  }
};

}  // namespace

TEST_CASE("a session belongs to whoever holds its token, and the database does not hold it") {
  House house;
  const std::string token = house.start();
  CHECK(token.size() == 52);
  CHECK(house.who(token).account == house.anna);
  CHECK(house.who(token).is(Role::trainee));
  CHECK(house.who(token).session.str() == auth::hash_of(token));
  house.database->read([&](storage::Connection& db) {
    auto rows = db.query("SELECT id FROM sessions");
    REQUIRE(rows.next());
    CHECK(rows.get<std::string>(0) != token);
  });
  for (const std::string& wrong :
       {std::string{}, std::string("x"), std::string(52, 'a'), auth::hash_of(token)}) {
    CHECK_FALSE(house.who(wrong).signed_in());
  }
}

TEST_CASE("two sign-ins never get the same token") {
  House house;
  CHECK(house.start() != house.start());
}

TEST_CASE("a session ends when nobody uses it, and in any case after its time") {
  House house;
  const std::string trainee = house.start();
  const std::string admin = house.start({Role::trainee, Role::administrator});
  const std::string teacher = house.start({Role::instructor});
  house.clock.advance(30min - 1ms);
  CHECK(house.who(teacher).signed_in());
  house.clock.advance(1ms);
  CHECK_FALSE(house.who(admin).signed_in());
  CHECK(house.who(trainee).signed_in());
  house.clock.advance(2h);
  CHECK_FALSE(house.who(teacher).signed_in());
  for (int hours = 0; hours < 14 * 24 - 4; hours += 4) {
    house.clock.advance(4h);
    if (!house.who(trainee).signed_in()) FAIL("ended after " << hours << " hours of use");
    house.change([](storage::Connection&) {});
  }
  house.clock.advance(4h);
  CHECK_FALSE(house.who(trainee).signed_in());
}

TEST_CASE("use is noted once a minute, not with every request") {
  House house;
  const std::string token = house.start();
  for (int i = 0; i < 600; ++i) {
    house.clock.advance(1s);
    const int before = house.notes;
    CHECK(house.who(token).signed_in());
    if (house.notes > before)
      house.change([](storage::Connection&) {});  // the note before it is in the database
  }
  CHECK(house.notes <= 10);
  CHECK(house.notes >= 9);
}

TEST_CASE("an ended session, a new epoch and a disabled account count at once") {
  House house;
  const std::string first = house.start();
  const std::string second = house.start();
  CHECK(house.who(first).signed_in());
  CHECK(house.who(second).signed_in());
  house.change([&](storage::Connection& db) { house.sessions.end(db, SessionId{auth::hash_of(first)}); });
  CHECK_FALSE(house.who(first).signed_in());
  CHECK(house.who(second).signed_in());

  const std::string kept = house.start();
  house.change([&](storage::Connection& db) {
    house.sessions.end_all(db, house.anna, SessionId{auth::hash_of(kept)});
  });
  CHECK_FALSE(house.who(second).signed_in());
  CHECK(house.who(kept).signed_in());

  house.change([&](storage::Connection& db) { storage::AccountStore(db).set_disabled(house.anna); });
  house.sessions.forget_account(house.anna);
  CHECK_FALSE(house.who(kept).signed_in());
}

TEST_CASE("the cache spares the database and never outlives ten seconds") {
  House house;
  const std::string token = house.start();
  CHECK(house.who(token).signed_in());
  house.change([&](storage::Connection& db) { db.run("UPDATE accounts SET display_name = 'Zoe'"); });
  CHECK(house.who(token).display_name == "Anna");
  house.clock.advance(10s);
  CHECK(house.who(token).display_name == "Zoe");
}

TEST_CASE("a reader that saw the old state does not put it back") {
  tests::FakeClock clock;
  auth::SessionCache cache(clock);
  const SessionId id{"s"};
  const auto ticket = cache.ticket();
  cache.forget_account(AccountId{"anna"});
  cache.put(id, {}, ticket);
  CHECK_FALSE(cache.find(id));
  cache.put(id, {}, cache.ticket());
  CHECK(cache.find(id));
}

TEST_CASE("the cache is bounded") {
  tests::FakeClock clock;
  auth::SessionCache cache(clock, 100);
  for (int i = 0; i < 1'000; ++i) cache.put(SessionId{std::to_string(i)}, {}, cache.ticket());
  CHECK(cache.size() <= 100);
}

TEST_CASE("what is over is swept away, what is not stays") {
  House house;
  const std::string token = house.start();
  static_cast<void>(house.start({Role::administrator}));
  house.clock.advance(1h);
  house.change(
      [&](storage::Connection& db) { CHECK(storage::SessionStore(db).sweep(house.clock.now()) == 1); });
  CHECK(house.who(token).signed_in());
}

TEST_CASE("cookies are ours alone") {
  http::Request request;
  CHECK(auth::set_cookie(request, "tongxing_session", "v", std::chrono::seconds{-1}) ==
        "tongxing_session=v; Path=/; HttpOnly; SameSite=Lax");
  request.secure = true;
  CHECK(auth::set_cookie(request, "tongxing_session", "v", std::chrono::seconds{0}) ==
        "__Host-tongxing_session=v; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0");
}
