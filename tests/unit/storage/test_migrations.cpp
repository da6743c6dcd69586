// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/migrations.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_database.hpp"

#include <string>
#include <vector>

using namespace tongxing;
using namespace tongxing::storage;

namespace {

const EmbeddedFile kFirst{"0001_first.sql", "CREATE TABLE a (x INTEGER) STRICT;"};
const EmbeddedFile kSecond{"0002_second.sql", "CREATE TABLE b (x INTEGER) STRICT; INSERT INTO b VALUES (1);"};
const EmbeddedFile kThird{"0003_third.sql", "CREATE TABLE c (x INTEGER) STRICT;"};

struct Fixture {
  tests::TempFolder folder;
  Connection connection{folder.path() / "a.db", Connection::Access::read_write};

  std::size_t run(const std::vector<EmbeddedFile>& files) {
    return migrate(connection, read_migrations(files), from_ms(1));
  }
  std::string refusal(const std::vector<EmbeddedFile>& files) {
    try {
      run(files);
    } catch (const MigrationError& error) {
      return error.what();
    }
    return {};
  }
  bool has(const char* table) {
    Rows rows = connection.query("SELECT 1 FROM sqlite_schema WHERE name = ?1", table);
    return rows.next();
  }
};

bool mentions(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("migrations are applied once, in order, and later ones are added") {
  Fixture f;
  CHECK(f.run({kSecond, kFirst}) == 2);
  CHECK(f.run({kFirst, kSecond}) == 0);
  CHECK(f.run({kFirst, kSecond, kThird}) == 1);
  CHECK(f.has("c"));
}

TEST_CASE("a changed migration is refused by name") {
  Fixture f;
  f.run({kFirst, kSecond});
  const std::string message =
      f.refusal({kFirst, {"0002_second.sql", "CREATE TABLE b (x TEXT) STRICT;"}, kThird});
  CHECK(mentions(message, "0002_second.sql was changed"));
  CHECK_FALSE(f.has("c"));
}

TEST_CASE("a newer data folder is refused") {
  Fixture f;
  f.run({kFirst, kSecond, kThird});
  const std::string message = f.refusal({kFirst, kSecond});
  CHECK(mentions(message, "newer than this program"));
  CHECK(mentions(message, "0003_third.sql"));
}

TEST_CASE("a record that is missing in the middle is refused") {
  Fixture f;
  f.run({kFirst, kSecond, kThird});
  f.connection.run("DELETE FROM schema_migrations WHERE number = 2");
  CHECK(mentions(f.refusal({kFirst, kSecond, kThird}), "0002_second.sql is missing"));
}

TEST_CASE("a migration that fails leaves nothing behind and can be tried again") {
  Fixture f;
  f.run({kFirst});
  const EmbeddedFile broken{"0002_second.sql",
                            "CREATE TABLE b (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1);"};
  CHECK(mentions(f.refusal({kFirst, broken}), "0002_second.sql could not be applied"));
  CHECK_FALSE(f.has("b"));
  CHECK(f.run({kFirst, kSecond}) == 1);
}

TEST_CASE("gaps, doubles and files without a number are refused at once") {
  Fixture f;
  CHECK(mentions(f.refusal({kFirst, kThird}), "0003_third.sql"));
  CHECK(mentions(f.refusal({kFirst, {"0001_again.sql", ""}}), "double"));
  CHECK(mentions(f.refusal({{"first.sql", ""}}), "no number"));
}

TEST_CASE("the built-in migrations make a sound schema") {
  Fixture f;
  const auto built_in = built_in_migrations();
  REQUIRE(built_in.size() >= 4);
  CHECK(migrate(f.connection, built_in, from_ms(1)) == built_in.size());
  CHECK(f.has("jobs"));
  Rows strict = f.connection.query(
      "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND strict = 0 AND name "
      "NOT LIKE "
      "'sqlite_%'");
  CHECK_FALSE(strict.next());
}
