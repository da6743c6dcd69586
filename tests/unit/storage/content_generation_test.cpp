// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/base/random.hpp"
#include "server/storage/database.hpp"
#include "tests/support/catch.hpp"

#include <filesystem>
#include <string>

using namespace tongxing;
using storage::Connection;
using storage::Verdict;

namespace {

struct Folder {
  Folder() {
    SystemRandom random;
    path = std::filesystem::temp_directory_path() / ("tongxing-" + random_text(random, 80));
    std::filesystem::create_directories(path);
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::filesystem::path path;
};

}  // namespace

TEST_CASE("The content generation grows with commits that change public content, and only with those") {
  const Folder folder;
  const auto db = storage::Database::open(folder.path / "tongxing.db");
  db->write([](Connection& c) {
    c.run(
        "INSERT INTO accounts (id, login, display_name, password_hash, status, created_at) "
        "VALUES ('a', 'a', 'a', '!', 'ACTIVE', 0)");
    return Verdict::commit;
  });
  const auto before = db->content_generation();

  db->write([](Connection& c) {
    c.run("INSERT INTO installation (name, value) VALUES ('k', 'v')");
    return Verdict::commit;
  });
  CHECK(db->content_generation() == before);

  db->write([](Connection& c) {
    c.run("INSERT INTO courses (id, author_id, created_at) VALUES ('c', 'a', 0)");
    return Verdict::commit;
  });
  CHECK(db->content_generation() > before);
}
