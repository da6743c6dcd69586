// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/database.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_database.hpp"

#include <atomic>
#include <future>
#include <latch>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace tongxing;
using namespace tongxing::storage;

namespace {

Verdict put(Connection& connection, const std::string& name, Verdict verdict = Verdict::commit) {
  connection.run("INSERT INTO installation (name, value) VALUES (?1, 'x')", name);
  return verdict;
}

std::vector<std::string> names(Database& database) {
  std::vector<std::string> found;
  database.read([&](Connection& connection) {
    Rows rows = connection.query("SELECT name FROM installation ORDER BY rowid");
    while (rows.next()) found.push_back(rows.get<std::string>(0));
  });
  return found;
}

/// Keeps the writer busy until it is opened, so that what is submitted meanwhile becomes one group.
class Gate {
 public:
  explicit Gate(Database& database) {
    REQUIRE(database.submit_write(
        [this](Connection&) {
          entered_.count_down();
          open_.wait();
          return Verdict::commit;
        },
        {}));
    entered_.wait();
  }
  void open() { open_.count_down(); }

 private:
  std::latch entered_{1};
  std::latch open_{1};
};

}  // namespace

TEST_CASE("what was written is read, also after a restart") {
  tests::TempDatabase database;
  CHECK(database->write([](Connection& c) { return put(c, "a"); }) == WriteOutcome::committed);
  CHECK(names(*database) == std::vector<std::string>{"a"});
  database.reopen();
  CHECK(names(*database) == std::vector<std::string>{"a"});
}

TEST_CASE("in one group each job is rolled back alone") {
  tests::TempDatabase database;
  std::vector<std::pair<std::string, WriteOutcome>> told;  // writer thread only, read after the last write
  {
    Gate gate(*database);
    const auto submit = [&](const std::string& name, auto job) {
      REQUIRE(database->submit_write(
          job, [&told, name](WriteOutcome outcome) { told.emplace_back(name, outcome); }));
    };
    submit("a", [](Connection& c) { return put(c, "a"); });
    submit("asks", [](Connection& c) { return put(c, "asks", Verdict::rollback); });
    submit("throws", [](Connection& c) -> Verdict {
      put(c, "throws");
      throw std::runtime_error("on purpose");
    });
    submit("twice", [](Connection& c) {
      put(c, "b");
      return put(c, "a");  // unique violation
    });
    submit("c", [](Connection& c) { return put(c, "c"); });
    gate.open();
    database->write([](Connection&) { return Verdict::commit; });
  }
  CHECK(names(*database) == std::vector<std::string>{"a", "c"});
  using Told = std::vector<std::pair<std::string, WriteOutcome>>;
  CHECK(told == Told{{"a", WriteOutcome::committed},
                     {"asks", WriteOutcome::rolled_back},
                     {"throws", WriteOutcome::failed},
                     {"twice", WriteOutcome::failed},
                     {"c", WriteOutcome::committed}});
  CHECK(database->healthy());
}

TEST_CASE("nobody is told before the whole group is on disk") {
  tests::TempDatabase database;
  std::atomic<int> run = 0;
  std::vector<int> run_when_told;
  std::vector<bool> seen_when_told;
  Gate gate(*database);
  for (int i = 0; i < 10; ++i) {
    REQUIRE(database->submit_write(
        [&run, i](Connection& c) {
          ++run;
          return put(c, std::to_string(i));
        },
        [&, i](WriteOutcome outcome) {
          CHECK(outcome == WriteOutcome::committed);
          run_when_told.push_back(run);
          Connection other(database.file(), Connection::Access::read_only);
          Rows rows = other.query("SELECT 1 FROM installation WHERE name = ?1", std::to_string(i));
          seen_when_told.push_back(rows.next());
        }));
  }
  gate.open();
  database->write([](Connection&) { return Verdict::commit; });
  CHECK(run_when_told == std::vector<int>(10, 10));
  CHECK(seen_when_told == std::vector<bool>(10, true));
  CHECK(database->statistics().largest_group >= 10);
}

TEST_CASE("slow jobs do not keep a whole group waiting") {
  DatabaseOptions options;
  options.group_time = Milliseconds{10};
  tests::TempDatabase database(options);
  const std::uint64_t before = database->statistics().commits;
  std::vector<int> told;
  {
    Gate gate(*database);
    for (int i = 0; i < 6; ++i) {
      REQUIRE(database->submit_write(
          [i](Connection& c) {
            std::this_thread::sleep_for(Milliseconds{6});
            return put(c, std::to_string(i));
          },
          [&told, i](WriteOutcome outcome) {
            CHECK(outcome == WriteOutcome::committed);
            told.push_back(i);
          }));
    }
    gate.open();
    database->write([](Connection&) { return Verdict::commit; });
  }
  CHECK(told == std::vector<int>{0, 1, 2, 3, 4, 5});
  CHECK(database->statistics().commits - before >= 4);  // the gate, and at most two of the six at a time
  CHECK(names(*database).size() == 6);
}

TEST_CASE("write throws what the job threw, and the writer goes on") {
  tests::TempDatabase database;
  CHECK_THROWS_WITH(database->write([](Connection& c) -> Verdict {
    put(c, "a");
    throw std::runtime_error("on purpose");
  }),
                    "on purpose");
  CHECK(database->write([](Connection& c) { return put(c, "b", Verdict::rollback); }) ==
        WriteOutcome::rolled_back);
  CHECK(names(*database).empty());
  CHECK(database->write([](Connection& c) { return put(c, "c"); }) == WriteOutcome::committed);
}

TEST_CASE("full queues refuse at once") {
  DatabaseOptions options;
  options.write_queue = 3;
  options.read_queue = 2;
  options.readers = 1;
  tests::TempDatabase database(options);
  {
    Gate gate(*database);
    for (int i = 0; i < 3; ++i)
      CHECK(database->submit_write([](Connection&) { return Verdict::commit; }, {}));
    bool touched = false;
    CHECK_FALSE(database->submit_write(
        [&touched](Connection&) {
          touched = true;
          return Verdict::commit;
        },
        {}));
    gate.open();
    while (database->statistics().waiting_writes > 0) std::this_thread::yield();
    database->write([](Connection&) { return Verdict::commit; });
    CHECK_FALSE(touched);
  }
  std::latch entered(1);
  std::latch open(1);
  REQUIRE(database->submit_read([&](Connection&) {
    entered.count_down();
    open.wait();
  }));
  entered.wait();
  CHECK(database->submit_read([](Connection&) {}));
  CHECK(database->submit_read([](Connection&) {}));
  CHECK_FALSE(database->submit_read([](Connection&) {}));
  open.count_down();
  CHECK(database->statistics().refused_jobs == 2);
}

TEST_CASE("a read job sees one snapshot and cannot write") {
  tests::TempDatabase database;
  database->read([&](Connection& reader) {
    const auto count = [&reader] {
      Rows rows = reader.query("SELECT count(*) FROM installation");
      rows.next();
      return rows.get<int>(0);
    };
    CHECK(count() == 0);
    database->write([](Connection& c) { return put(c, "a"); });
    CHECK(count() == 0);
    CHECK_THROWS_AS(reader.run("DELETE FROM installation"), DatabaseError);
  });
  CHECK(names(*database).size() == 1);
}

TEST_CASE("a read that takes too long is interrupted, and the next one runs") {
  DatabaseOptions options;
  options.read_limit = Milliseconds{50};
  options.readers = 1;
  tests::TempDatabase database(options);
  CHECK_THROWS_AS(database->read([](Connection& c) {
    c.run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n");
  }),
                  DatabaseError);
  CHECK(names(*database).empty());
  CHECK(database->healthy());
}

TEST_CASE("the log is copied back inline and does not grow without end") {
  DatabaseOptions options;
  options.checkpoint_bytes = 256 << 10;
  tests::TempDatabase database(options);
  const std::string long_value(8'000, 'x');
  for (int i = 0; i < 400; ++i) {
    database->write([&](Connection& c) {
      c.run("INSERT OR REPLACE INTO installation (name, value) VALUES (?1, ?2)", std::to_string(i % 20),
            long_value);
      return Verdict::commit;
    });
  }
  const DatabaseStatistics statistics = database->statistics();
  CHECK(statistics.checkpoints >= 3);
  CHECK(statistics.commits == 400);
  CHECK(std::filesystem::file_size(database.file().string() + "-wal") < 1 << 20);
  database->close();
  CHECK(std::filesystem::file_size(database.file().string() + "-wal") == 0);
}

TEST_CASE("close finishes what waits and then refuses") {
  tests::TempDatabase database;
  std::atomic<int> told = 0;
  Gate gate(*database);
  for (int i = 0; i < 5; ++i) {
    REQUIRE(database->submit_write([i](Connection& c) { return put(c, std::to_string(i)); },
                                   [&told](WriteOutcome) { ++told; }));
  }
  gate.open();
  database->close();
  CHECK(told == 5);
  CHECK_FALSE(database->submit_write([](Connection&) { return Verdict::commit; }, {}));
  CHECK_FALSE(database->submit_read([](Connection&) {}));
  CHECK_THROWS_AS(database->write([](Connection&) { return Verdict::commit; }), DatabaseError);
  database.reopen();
  CHECK(names(*database).size() == 5);
}

TEST_CASE("a backup is whole while writes go on") {
  tests::TempDatabase database;
  database->write([](Connection& c) { return put(c, "a"); });
  const auto copy = database.folder() / "copy.db";
  database->backup(copy);
  CHECK_THROWS_AS(database->backup(copy), DatabaseError);
  database->write([](Connection& c) { return put(c, "b"); });
  const auto opened = Database::open(copy);
  CHECK(names(*opened) == std::vector<std::string>{"a"});
}
