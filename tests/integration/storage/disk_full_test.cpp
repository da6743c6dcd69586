// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/database.hpp"
#include "server/storage/files.hpp"
#include "tests/integration/storage/rows.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_database.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <future>
#include <set>
#include <string>
#include <vector>

#include <fcntl.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace tongxing;
using namespace tongxing::storage;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kValue = 8'000;

/// A file system of 4 MiB; not there when this user may not mount one.
class SmallDisk {
 public:
  SmallDisk()
      : mounted_(::mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, "size=4m") == 0), error_(errno) {}
  ~SmallDisk() {
    if (mounted_) ::umount2(folder_.path().c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  [[nodiscard]] bool mounted() const { return mounted_; }
  [[nodiscard]] std::string why_not() const { return std::strerror(error_); }
  [[nodiscard]] const fs::path& path() const { return folder_.path(); }

 private:
  tests::TempFolder folder_;
  bool mounted_;
  int error_;
};

/// No file of this process may be longer; EFBIG instead of the signal.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    ::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &before_); }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
};

/// Writes until the disk is full; what was acknowledged before.
std::set<std::string> fill(Database& database, const std::string& prefix) {
  std::set<std::string> acknowledged;
  for (int i = 0; i < 5'000; ++i) {
    const std::string name = prefix + std::to_string(i);
    try {
      database.write([&](Connection& c) { return tests::put_pair(c, name, std::string(kValue, 'x')); });
    } catch (const DatabaseError& error) {
      CHECK(error.is_full());
      return acknowledged;
    }
    acknowledged.insert(name);
  }
  FAIL("the disk never got full");
  return acknowledged;
}

tests::Pairs pairs_now(Database& database) {
  tests::Pairs pairs;
  database.read([&](Connection& c) { pairs = tests::pairs_in(c); });
  return pairs;
}

/// A group of which one job does not fit: nobody in it is told "committed".
void refuse_a_group(Database& database) {
  REQUIRE(database.healthy());
  std::promise<void> entered;
  std::promise<void> open;
  REQUIRE(database.submit_write(
      [&](Connection&) {
        entered.set_value();
        open.get_future().wait();
        return Verdict::commit;
      },
      {}));
  entered.get_future().wait();
  std::vector<WriteOutcome> outcomes(20, WriteOutcome::committed);
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    REQUIRE(database.submit_write(
        [i](Connection& c) {
          const std::string name = "refused" + std::to_string(i);
          return tests::put_pair(c, name, std::string(i == 10 ? 1'000'000 : 1, 'x'));
        },
        [&outcomes, i](WriteOutcome outcome) { outcomes[i] = outcome; }));
  }
  open.set_value();
  database.read([](Connection&) {});
  while (database.statistics().waiting_writes > 0) std::this_thread::yield();
  try {
    database.write([](Connection&) { return Verdict::rollback; });  // after the group
  } catch (const DatabaseError& error) {
    CHECK(error.is_full());
  }
  CHECK(outcomes == std::vector<WriteOutcome>(20, WriteOutcome::disk_full));
}

void check_full_and_recovered(Database& database, const std::function<void()>& make_room) {
  const std::set<std::string> acknowledged = fill(database, "first");
  CHECK(acknowledged.size() > 10);
  refuse_a_group(database);
  CHECK(database.healthy());
  CHECK(database.statistics().disk_full_groups >= 2);
  tests::Pairs pairs = pairs_now(database);  // reads go on
  CHECK(pairs.names == acknowledged);
  CHECK(pairs.halves == 0);
  make_room();
  for (int i = 0; i < 20; ++i) {
    CHECK(database.write([&](Connection& c) {
      return tests::put_pair(c, "after" + std::to_string(i), std::string(kValue, 'y'));
    }) == WriteOutcome::committed);
  }
  pairs = pairs_now(database);
  CHECK(pairs.names.size() == acknowledged.size() + 20);
  database.read([](Connection& c) { CHECK(tests::integrity(c) == "ok"); });
}

}  // namespace

TEST_CASE("a full disk refuses writes, keeps reading, and recovers when there is room again") {
  const SmallDisk disk;
  if (!disk.mounted()) {
    WARN("no tmpfs could be mounted (" << disk.why_not()
                                       << "): tried with a limit on the size of files only");
    return;
  }
  const fs::path ballast = disk.path() / "ballast";
  std::ofstream(ballast) << std::string(1 << 20, 'b');
  const auto database = Database::open(disk.path() / "a.db");
  check_full_and_recovered(*database, [&] { fs::remove(ballast); });
}

TEST_CASE("a limit on the size of files is a full disk too") {
  tests::TempFolder folder;
  const auto database = Database::open(folder.path() / "a.db");
  auto limit = std::make_unique<FileSizeLimit>(rlim_t{1} << 20);
  check_full_and_recovered(*database, [&] { limit.reset(); });
}

TEST_CASE("a migration on a full disk changes nothing and says so") {
  tests::TempFolder folder;
  {
    const FileSizeLimit limit(rlim_t{24} << 10);
    CHECK_THROWS_WITH(Database::open(folder.path() / "a.db"), Catch::Matchers::Contains("full"));
  }
  const auto database = Database::open(folder.path() / "a.db");
  database->read([](Connection& c) { CHECK(tests::integrity(c) == "ok"); });
}

TEST_CASE("a file that does not fit leaves the old one in its place") {
  tests::TempFolder folder;
  const fs::path file = folder.path() / "master.m3u8";
  replace_file(file, "old");
  {
    const FileSizeLimit limit(rlim_t{4} << 10);
    CHECK_THROWS_AS(replace_file(file, std::string(10'000, 'x')), fs::filesystem_error);
  }
  CHECK(read_small_file(file, 100) == "old");
  CHECK(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator{}) == 1);
}
