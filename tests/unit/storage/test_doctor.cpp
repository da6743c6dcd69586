// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/package_json/package_json.hpp"
#include "server/storage/asset_store.hpp"
#include "server/storage/data_folder.hpp"
#include "server/storage/database.hpp"
#include "server/storage/doctor.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_database.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

using namespace tongxing;
using namespace tongxing::storage;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

const AssetId kAsset{"asset1"};

void fill(const fs::path& file, std::size_t bytes) {
  fs::create_directories(file.parent_path());
  std::ofstream(file) << std::string(bytes, 'x');
}

/// A closed, healthy data folder with one READY asset and one unfinished upload.
struct Patient {
  tests::TempFolder folder;
  DataLayout layout{folder.path() / "data"};
  DoctorOptions options{0, 0, 200};

  Patient() {
    const DataFolder data(layout.root());
    change([&](Connection& c) {
      c.run(
          "INSERT INTO accounts (id, login, display_name, password_hash, status, created_at) "
          "VALUES ('teacher', 'teacher', 'T', 'x', 'ACTIVE', 0)");
      AssetStore assets(c);
      assets.create({kAsset, AccountId{"teacher"}, LessonId{"l"}, "a.mp4", 100, "ab"}, from_ms(1));
      media::model::Package package;
      package.duration = package.segment_duration = 6'000ms;
      package.renditions = {{"v360",
                             media::model::MediaKind::video,
                             "avc1.4D401E",
                             "",
                             640,
                             360,
                             30,
                             0,
                             0,
                             10,
                             {{6'000'000, 20}}}};
      assets.set_ready(kAsset, {"v1", media::to_json(package), 6s, true, false}, from_ms(2));
      c.run(
          "INSERT INTO uploads (id, owner_id, lesson_id, length_bytes, offset_bytes, file_name, media_type, "
          "state, "
          "created_at, expires_at) VALUES ('up1', 'teacher', 'l', 1000, 500, 'b.mp4', 'video/mp4', "
          "'UPLOADING', 0, 0)");
    });
    fill(layout.original(kAsset), 100);
    fill(package() / "v360/init.mp4", 10);
    fill(package() / "v360/s0.m4s", 20);
    fill(package() / "master.m3u8", 5);
    fill(layout.uploads() / "up1", 600);
  }

  [[nodiscard]] fs::path package() const { return layout.package(kAsset, "v1"); }

  template <typename F>
  void change(F&& job) {
    Database::open(layout.database())->write([&](Connection& c) {
      job(c);
      return Verdict::commit;
    });
  }

  std::vector<std::string> keys() {
    std::vector<std::string> found;
    for (const Finding& finding : examine(layout, options)) found.push_back(finding.key);
    return found;
  }
};

using Keys = std::vector<std::string>;

}  // namespace

TEST_CASE("a healthy data folder has no findings") {
  Patient p;
  CHECK(p.keys() == Keys{});
}

TEST_CASE("a running server is noted and not disturbed") {
  Patient p;
  const DataFolder data(p.layout.root());
  const auto database = Database::open(p.layout.database());
  CHECK(p.keys() == Keys{"doctor.in_use"});
  CHECK(database->healthy());
}

TEST_CASE("what is not there is said") {
  tests::TempFolder folder;
  CHECK(examine(DataLayout(folder.path() / "none")).at(0).key == "doctor.no_folder");
  fs::permissions(folder.path(), fs::perms::owner_all);
  const auto empty = examine(DataLayout(folder.path()), {0, 0, 200});
  REQUIRE(empty.size() == 1);
  CHECK(empty[0].key == "doctor.no_database");
}

TEST_CASE("media files are compared with their rows") {
  Patient p;
  SECTION("a segment that was cut") {
    fs::resize_file(p.package() / "v360/s0.m4s", 19);
    const auto findings = examine(p.layout, p.options);
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].key == "doctor.package_damaged");
    CHECK(findings[0].severity == Finding::Severity::error);
    CHECK(findings[0].args[2].second == "19 bytes instead of 20");
    CHECK_FALSE(findings[0].remedy.empty());
  }
  SECTION("a segment that is gone") {
    fs::remove(p.package() / "v360/s0.m4s");
    CHECK(p.keys() == Keys{"doctor.package_damaged"});
  }
  SECTION("a playlist that is gone") {
    fs::remove(p.package() / "master.m3u8");
    CHECK(p.keys() == Keys{"doctor.package_damaged"});
  }
  SECTION("a folder that is gone") {
    fs::remove_all(p.package());
    CHECK(p.keys() == Keys{"doctor.package_missing"});
  }
  SECTION("an original that is gone or cut") {
    fs::resize_file(p.layout.original(kAsset), 99);
    CHECK(p.keys() == Keys{"doctor.original_damaged"});
    fs::remove(p.layout.original(kAsset));
    CHECK(p.keys() == Keys{"doctor.original_missing"});
  }
  SECTION("folders and files that nobody knows") {
    fill(p.layout.media() / "stranger/v1/x", 1);
    fill(p.layout.media() / "asset1/v0/x", 1);
    fill(p.layout.originals() / "stranger", 1);
    CHECK(p.keys() == Keys{"doctor.extra", "doctor.extra", "doctor.extra"});
  }
  SECTION("a row that cannot be understood") {
    p.change([](Connection& c) { c.run("UPDATE media_assets SET package = '{}'"); });
    CHECK(p.keys() == Keys{"doctor.package_row"});
  }
}

TEST_CASE("an upload shorter than was promised is an error, a longer one is not") {
  Patient p;
  fs::resize_file(p.layout.uploads() / "up1", 499);
  CHECK(p.keys() == Keys{"doctor.upload_short"});
  fs::remove(p.layout.uploads() / "up1");
  CHECK(p.keys() == Keys{"doctor.upload_short"});
}

TEST_CASE("room and rights are looked at") {
  Patient p;
  SECTION("room") {
    p.options.low_space = UINT64_MAX;
    CHECK(p.keys() == Keys{"doctor.space_low"});
    p.options.critical_space = UINT64_MAX;
    CHECK(p.keys() == Keys{"doctor.space_critical"});
  }
  SECTION("rights") {
    fs::permissions(p.layout.root(), fs::perms::others_read, fs::perm_options::add);
    CHECK(p.keys() == Keys{"doctor.open_to_others"});
  }
}

TEST_CASE("damage of the database is found") {
  Patient p;
  SECTION("a row without its parent") {
    Connection connection(p.layout.database(), Connection::Access::read_write);
    connection.script("PRAGMA foreign_keys=OFF; DELETE FROM accounts");
    const auto keys = p.keys();
    CHECK(std::ranges::count(keys, "doctor.foreign_key") == 2);
  }
  SECTION("a newer schema") {
    p.change([](Connection& c) {
      c.run(
          "INSERT INTO schema_migrations (number, name, checksum, applied_at) VALUES (999, 'later.sql', 'x', "
          "0)");
    });
    CHECK(p.keys() == Keys{"doctor.schema"});
  }
  SECTION("bytes that were overwritten") {
    std::fstream file(p.layout.database(), std::ios::in | std::ios::out | std::ios::binary);
    for (int page = 3; page < 12; ++page) file.seekp(page * 4'096) << std::string(2'000, '\xff');
    file.close();
    const auto keys = p.keys();
    CHECK_FALSE(keys.empty());
    CHECK(std::ranges::all_of(keys, [](const std::string& key) {
      return key == "doctor.integrity" || key == "doctor.database" || key == "doctor.schema";
    }));
  }
}

TEST_CASE("many findings of one kind are counted instead of listed") {
  Patient p;
  for (int i = 0; i < 10; ++i) fill(p.layout.originals() / ("x" + std::to_string(i)), 1);
  p.options.most_findings = 3;
  const auto findings = examine(p.layout, p.options);
  REQUIRE(findings.size() == 4);
  CHECK(findings.back().key == "doctor.more");
  CHECK(findings.back().args[1].second == "7");
}
