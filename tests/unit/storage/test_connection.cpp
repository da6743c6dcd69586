// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/connection.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_database.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

using namespace tongxing;
using namespace tongxing::storage;

namespace {

struct Fixture {
  tests::TempFolder folder;
  Connection connection{folder.path() / "a.db", Connection::Access::read_write};
  Fixture() {
    connection.script("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT UNIQUE, x REAL, b BLOB) STRICT");
  }

  std::string pragma(Sql sql) {
    Rows rows = connection.query(sql);
    return rows.next() ? rows.get<std::string>(0) : std::string{};
  }
};

}  // namespace

TEST_CASE("values of every kind come back as they went in") {
  Fixture f;
  const std::vector<std::byte> bytes{std::byte{0}, std::byte{255}, std::byte{7}};
  const std::string name("手语\0尾", 10);
  CHECK(f.connection.run("INSERT INTO t (id, name, x, b) VALUES (?1, ?2, ?3, ?4)", std::int64_t{1} << 62,
                         name, 0.25, bytes) == 1);
  Rows rows = f.connection.query("SELECT id, name, x, b, NULL FROM t WHERE name = ?1", name);
  REQUIRE(rows.next());
  CHECK(rows.get<std::int64_t>(0) == std::int64_t{1} << 62);
  CHECK(rows.get<std::string>(1) == name);
  CHECK(rows.get<double>(2) == 0.25);
  CHECK(rows.get<std::vector<std::byte>>(3) == bytes);
  CHECK(rows.get<std::optional<std::string>>(4) == std::nullopt);
  CHECK_FALSE(rows.next());
}

TEST_CASE("an empty text is not NULL, an empty optional is") {
  Fixture f;
  f.connection.run("INSERT INTO t (id, name) VALUES (1, ?1)", std::string_view{});
  f.connection.run("INSERT INTO t (id, name) VALUES (2, ?1)", std::optional<std::string>{});
  Rows rows = f.connection.query("SELECT name IS NULL FROM t ORDER BY id");
  REQUIRE(rows.next());
  CHECK_FALSE(rows.get<bool>(0));
  REQUIRE(rows.next());
  CHECK(rows.get<bool>(0));
}

TEST_CASE("ids and times are stored as text and milliseconds") {
  Fixture f;
  f.connection.run("INSERT INTO t (id, name) VALUES (?1, ?2)", from_ms(1'772'409'600'123), AssetId{"abc"});
  Rows rows = f.connection.query("SELECT id, name FROM t");
  REQUIRE(rows.next());
  CHECK(rows.get<Timestamp>(0) == from_ms(1'772'409'600'123));
  CHECK(rows.get<AssetId>(1) == AssetId{"abc"});
}

TEST_CASE("one literal may run inside the loop over itself") {
  Fixture f;
  f.connection.run("INSERT INTO t (id, name) VALUES (1, 'a'), (2, 'b'), (3, 'c')");
  const auto all = [&] { return f.connection.query("SELECT id FROM t ORDER BY id"); };
  Rows outer = all();
  int seen = 0;
  while (outer.next()) {
    Rows inner = all();
    int last = 0;
    while (inner.next()) last = inner.get<int>(0);
    CHECK(last == 3);
    ++seen;
  }
  CHECK(seen == 3);
}

TEST_CASE("a statement that was left in the middle starts anew") {
  Fixture f;
  f.connection.run("INSERT INTO t (id) VALUES (1), (2)");
  for (int i = 0; i < 3; ++i) {
    Rows rows = f.connection.query("SELECT id FROM t ORDER BY id");
    REQUIRE(rows.next());
    CHECK(rows.get<int>(0) == 1);
  }
  f.connection.run("DELETE FROM t");  // would be locked out by a reader that is still open
  CHECK(f.pragma("SELECT count(*) FROM t") == "0");
}

TEST_CASE("RETURNING gives rows from an update") {
  Fixture f;
  f.connection.run("INSERT INTO t (id, name) VALUES (1, 'a')");
  Rows rows = f.connection.query("UPDATE t SET name = ?1 WHERE id = 1 RETURNING name", "b");
  REQUIRE(rows.next());
  CHECK(rows.get<std::string>(0) == "b");
}

TEST_CASE("errors say what they are") {
  Fixture f;
  f.connection.run("INSERT INTO t (id, name) VALUES (1, 'a')");
  try {
    f.connection.run("INSERT INTO t (id, name) VALUES (2, 'a')");
    FAIL("a second 'a' was taken");
  } catch (const DatabaseError& error) {
    CHECK(error.is_unique_violation());
    CHECK_FALSE(error.is_full());
  }
  CHECK_THROWS_AS(f.connection.run("INSERT INTO t (id, name) VALUES (1, 'x')"), DatabaseError);
  CHECK_THROWS_AS(f.connection.run("SELECT nothing FROM nowhere"), DatabaseError);
  CHECK_THROWS_AS(f.connection.run("INSERT INTO t (id, name) VALUES (?1, ?2)", 5), std::logic_error);
  CHECK(f.connection.fault() == Connection::Fault::none);
}

TEST_CASE("the connection is set up to lose nothing and to trust nothing") {
  Fixture f;
  CHECK(f.pragma("PRAGMA journal_mode") == "wal");
  CHECK(f.pragma("PRAGMA synchronous") == "2");
  CHECK(f.pragma("PRAGMA foreign_keys") == "1");
  CHECK(f.pragma("PRAGMA trusted_schema") == "0");
  CHECK(f.pragma("PRAGMA cell_size_check") == "1");
  CHECK(f.pragma("PRAGMA wal_autocheckpoint") == "0");
  CHECK_THROWS_AS(f.connection.script("PRAGMA writable_schema=ON; DELETE FROM sqlite_schema"), DatabaseError);
  CHECK_THROWS_AS(f.connection.script("ATTACH 'other.db' AS other"), DatabaseError);
  CHECK_THROWS_AS(f.connection.script("SELECT load_extension('x')"), DatabaseError);
  CHECK_THROWS_AS(f.connection.script("SELECT \"not a column\""), DatabaseError);
}

TEST_CASE("a read-only connection cannot write, and a missing file is not made by it") {
  Fixture f;
  Connection reader(f.folder.path() / "a.db", Connection::Access::read_only);
  CHECK_THROWS_AS(reader.run("DELETE FROM t"), DatabaseError);
  CHECK_THROWS_AS(Connection(f.folder.path() / "none.db", Connection::Access::read_only), DatabaseError);
}

TEST_CASE("a file that is no database is refused") {
  tests::TempFolder folder;
  const auto file = folder.path() / "a.db";
  std::FILE* out = std::fopen(file.c_str(), "w");
  REQUIRE(out != nullptr);
  for (int i = 0; i < 1'000; ++i) std::fputs("this is not a database ", out);
  std::fclose(out);
  CHECK_THROWS_AS(Connection(file, Connection::Access::read_write), DatabaseError);
}

TEST_CASE("a statement over its time is interrupted") {
  Fixture f;
  f.connection.limit_time(Milliseconds{30});
  CHECK_THROWS_AS(
      f.connection.run(
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"),
      DatabaseError);
  f.connection.limit_time(Milliseconds::zero());
  CHECK(f.pragma("SELECT 1") == "1");
}
