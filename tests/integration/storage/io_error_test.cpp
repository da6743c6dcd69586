// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/database.hpp"
#include "tests/integration/storage/broken_disk.hpp"
#include "tests/integration/storage/rows.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_database.hpp"

#include <set>
#include <string>

using namespace tongxing;
using namespace tongxing::storage;
using tests::BrokenDisk;

namespace {

/// Writes `count` pairs; the names of those that were acknowledged, and how many were so after the disk
/// broke.
struct Written {
  std::set<std::string> acknowledged;
  int after_failure = 0;
};

Written write_some(Database& database, int count) {
  Written written;
  bool failed = false;
  for (int i = 0; i < count; ++i) {
    const std::string name = std::to_string(i);
    try {
      database.write([&](Connection& c) { return tests::put_pair(c, name, std::string(2'000, 'x')); });
      written.acknowledged.insert(name);
      if (failed) ++written.after_failure;
    } catch (const DatabaseError& error) {
      CHECK_FALSE(error.is_full());
      failed = true;
    }
  }
  return written;
}

void check_after(tests::TempDatabase& database, const Written& written) {
  CHECK(written.after_failure == 0);
  CHECK_FALSE(database->healthy());
  database.reopen();  // as the next start does, on a disk that works again
  CHECK(database->healthy());
  database->read([&](Connection& c) {
    CHECK(tests::integrity(c) == "ok");
    const tests::Pairs pairs = tests::pairs_in(c);
    CHECK(pairs.halves == 0);
    for (const std::string& name : written.acknowledged) CHECK(pairs.names.contains(name));
  });
}

}  // namespace

TEST_CASE("after a failed fsync nothing is acknowledged any more") {
  const auto how = GENERATE(BrokenDisk::How::once, BrokenDisk::How::forever);
  const int nth = GENERATE(1, 2, 3, 5, 8, 13, 21, 34);
  CAPTURE(nth);
  DatabaseOptions options;
  options.checkpoint_bytes = 64 << 10;  // so that some of the failures fall into a checkpoint
  tests::TempDatabase database(options);
  Written written;
  {
    const BrokenDisk disk(tests::Call::sync, nth, how);
    written = write_some(*database, 40);
    REQUIRE(disk.has_struck());
    database->close();
  }
  check_after(database, written);
}

TEST_CASE("after a failed write nothing is acknowledged any more") {
  const auto how = GENERATE(BrokenDisk::How::once, BrokenDisk::How::forever);
  const int nth = GENERATE(1, 2, 3, 5, 8, 13, 21, 34, 55, 89);
  CAPTURE(nth);
  DatabaseOptions options;
  options.checkpoint_bytes = 64 << 10;
  tests::TempDatabase database(options);
  Written written;
  {
    const BrokenDisk disk(tests::Call::write, nth, how);
    written = write_some(*database, 40);
    REQUIRE(disk.has_struck());
    database->close();
  }
  check_after(database, written);
}

TEST_CASE("reads go on while nothing is acknowledged") {
  tests::TempDatabase database;
  write_some(*database, 3);
  const BrokenDisk disk(tests::Call::sync, 1, BrokenDisk::How::forever);
  const Written written = write_some(*database, 3);
  CHECK(written.acknowledged.empty());
  database->read([](Connection& c) { CHECK(tests::pairs_in(c).names.size() == 3); });
}
