// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/data_folder.hpp"
#include "server/storage/database.hpp"
#include "server/storage/migrations.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_database.hpp"

#include <array>
#include <cstdlib>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace tongxing;
using namespace tongxing::storage;

TEST_CASE("a second server on the same data folder is refused until the first has ended, however it ended") {
  tests::TempFolder folder;
  std::array<int, 2> pipe{};
  REQUIRE(::pipe(pipe.data()) == 0);
  const pid_t first = ::fork();
  REQUIRE(first >= 0);
  if (first == 0) {
    try {
      const DataFolder data(folder.path());
      const auto database = Database::open(data.layout().database());
      if (::write(pipe[1], "x", 1) == 1) ::pause();
    } catch (...) {
    }
    std::_Exit(1);
  }
  ::close(pipe[1]);
  char ready = 0;
  REQUIRE(::read(pipe[0], &ready, 1) == 1);
  ::close(pipe[0]);
  const std::string expected = "is in use by another process (number " + std::to_string(first) + ")";
  CHECK_THROWS_WITH(DataFolder(folder.path()), Catch::Matchers::Contains(expected));
  ::kill(first, SIGKILL);
  ::waitpid(first, nullptr, 0);
  const DataFolder data(folder.path());
  const auto database = Database::open(data.layout().database());
  CHECK(database->healthy());
}

TEST_CASE("a newer data folder is refused and left as it is") {
  tests::TempDatabase database;
  const std::size_t known = built_in_migrations().size();
  database->write([&](Connection& c) {
    c.run(
        "INSERT INTO schema_migrations (number, name, checksum, applied_at) VALUES (?1, "
        "'from_the_future.sql', 'x', 0)",
        static_cast<std::int64_t>(known) + 1);
    return Verdict::commit;
  });
  CHECK_THROWS_WITH(database.reopen(), Catch::Matchers::Contains("newer than this program") &&
                                           Catch::Matchers::Contains("from_the_future.sql"));
  Connection connection(database.file(), Connection::Access::read_write);
  connection.run("DELETE FROM schema_migrations WHERE name = 'from_the_future.sql'");
  database.reopen();
  CHECK(database->healthy());
}
