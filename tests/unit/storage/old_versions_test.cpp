// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/old_versions.hpp"

#include "server/storage/asset_store.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_database.hpp"

#include <filesystem>

using namespace tongxing;
using namespace tongxing::storage;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

TEST_CASE("A package that was replaced goes after three days, the one that plays and a new one stay") {
  tests::TempDatabase database;
  tests::TempFolder folder;
  const DataLayout layout(folder.path());
  const AssetId ready{"ready"};
  const AssetId waiting{"waiting"};
  database->write([&](Connection& c) {
    c.run(
        "INSERT INTO accounts (id, login, display_name, password_hash, status, created_at) "
        "VALUES ('teacher', 'teacher', 'T', 'x', 'ACTIVE', 0)");
    AssetStore assets(c);
    for (const auto& id : {ready, waiting}) {
      assets.create({id, AccountId{"teacher"}, LessonId{"l"}, "课.mp4", 12, "ab"}, from_ms(1));
    }
    assets.set_ready(ready, {"now", "{}", 90s, true, false}, from_ms(2));
    return Verdict::commit;
  });
  const auto today = fs::file_time_type::clock::now();
  const auto make = [&](const AssetId& asset, const char* version, std::chrono::hours age) {
    const fs::path path = layout.package(asset, version);
    fs::create_directories(path / "v360");
    fs::last_write_time(path, today - age);
    return path;
  };
  const auto plays = make(ready, "now", 1000h);
  const auto replaced = make(ready, "before", 73h);
  const auto just_replaced = make(ready, "yesterday", 71h);
  const auto not_ready = make(waiting, "before", 1000h);

  std::size_t removed = 0;
  database->read([&](Connection& c) { removed = remove_old_versions(c, layout, today); });
  CHECK(removed == 1);
  CHECK(fs::exists(plays));
  CHECK_FALSE(fs::exists(replaced));
  CHECK(fs::exists(just_replaced));
  CHECK(fs::exists(not_ready));
}
