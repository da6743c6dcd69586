// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/audit.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/temp_database.hpp"

using namespace tongxing;

namespace {

struct Trail {
  tests::TempDatabase database;
  tests::FakeClock clock;

  Trail() {
    for (const std::string id : {"one", "two", "three", "four"}) {
      change([&](storage::Connection& db) {
        auth::record(db, clock.now(), {"admin", "account.created", "account", id});
      });
    }
  }
  template <typename Job>
  void change(Job job) {
    database->write([&](storage::Connection& db) {
      job(db);
      return storage::Verdict::commit;
    });
  }
  auth::AuditState state() {
    auth::AuditState found;
    database->read([&](storage::Connection& db) { found = auth::verify_audit(db); });
    return found;
  }
};

}  // namespace

TEST_CASE("a whole trail is whole and grows") {
  Trail trail;
  const auto before = trail.state();
  CHECK(before.rows == 4);
  CHECK_FALSE(before.broken_at);
  trail.change(
      [&](storage::Connection& db) { auth::record(db, trail.clock.now(), {"a", "b", "c", "d", "e"}); });
  CHECK(trail.state().rows == 5);
  CHECK(trail.state().last_hash != before.last_hash);
}

TEST_CASE("the database itself refuses to change or delete rows") {
  Trail trail;
  CHECK_THROWS(trail.change(
      [](storage::Connection& db) { db.run("UPDATE audit_events SET actor = 'x' WHERE seq = 2"); }));
  CHECK_THROWS(
      trail.change([](storage::Connection& db) { db.run("DELETE FROM audit_events WHERE seq = 2"); }));
}

TEST_CASE("whoever gets round that is found out") {
  Trail trail;
  trail.change([](storage::Connection& db) {
    db.run("DROP TRIGGER audit_events_no_update");
    db.run("DROP TRIGGER audit_events_no_delete");
  });
  SECTION("a changed row") {
    trail.change(
        [](storage::Connection& db) { db.run("UPDATE audit_events SET object_id = 'x' WHERE seq = 2"); });
    CHECK(trail.state().broken_at == 2);
  }
  SECTION("a changed time") {
    trail.change(
        [](storage::Connection& db) { db.run("UPDATE audit_events SET at = at + 1 WHERE seq = 3"); });
    CHECK(trail.state().broken_at == 3);
  }
  SECTION("text moved from one member to the next") {
    trail.change([](storage::Connection& db) {
      db.run("UPDATE audit_events SET action = 'account.create', object_kind = 'daccount' WHERE seq = 1");
    });
    CHECK(trail.state().broken_at == 1);
  }
  SECTION("a row taken out") {
    trail.change([](storage::Connection& db) { db.run("DELETE FROM audit_events WHERE seq = 2"); });
    CHECK(trail.state().broken_at == 3);
  }
  SECTION("the first row taken out") {
    trail.change([](storage::Connection& db) { db.run("DELETE FROM audit_events WHERE seq = 1"); });
    CHECK(trail.state().broken_at == 2);
  }
}
