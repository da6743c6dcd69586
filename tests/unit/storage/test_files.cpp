// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/data_folder.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_database.hpp"

#include <filesystem>
#include <fstream>
#include <string>

using namespace tongxing;
using namespace tongxing::storage;
namespace fs = std::filesystem;

namespace {

void write(const fs::path& file, const std::string& text) {
  std::ofstream(file) << text;
}

}  // namespace

TEST_CASE("paths from outside cannot leave their folder") {
  const fs::path base = "/data/media/a";
  CHECK(safe_join(base, "v360/s0.m4s") == base / "v360/s0.m4s");
  CHECK(safe_join(base, "master.m3u8") == base / "master.m3u8");
  for (const std::string_view bad : std::initializer_list<std::string_view>{
           "", "/", "/etc/passwd", "..", "../b", "v360/../../b", "v360//s0", "v360/", "./x", ".lock", "a\\b",
           "a b", "a%2fb", "caf\xc3\xa9", std::string_view("a\0b", 3)}) {
    CAPTURE(bad);
    CHECK(safe_join(base, bad) == std::nullopt);
  }
  CHECK_FALSE(is_safe_name(std::string(129, 'a')));
  CHECK(is_safe_name(std::string(128, 'a')));
}

TEST_CASE("a finished folder appears whole, and never over another one") {
  tests::TempFolder folder;
  const fs::path made = folder.path() / "made";
  fs::create_directories(made / "v360");
  write(made / "v360" / "init.mp4", "x");
  publish_folder(made, folder.path() / "media" / "a" / "1");
  CHECK(fs::exists(folder.path() / "media/a/1/v360/init.mp4"));
  CHECK_FALSE(fs::exists(made));
  fs::create_directories(made);
  CHECK_THROWS_AS(publish_folder(made, folder.path() / "media/a/1"), fs::filesystem_error);
  CHECK(fs::exists(folder.path() / "media/a/1/v360/init.mp4"));
}

TEST_CASE("a folder with a link in it is not published") {
  tests::TempFolder folder;
  const fs::path made = folder.path() / "made";
  fs::create_directories(made);
  fs::create_symlink("/etc/passwd", made / "s0.m4s");
  CHECK_THROWS_AS(publish_folder(made, folder.path() / "out"), fs::filesystem_error);
  CHECK_FALSE(fs::exists(folder.path() / "out"));
}

TEST_CASE("a file is replaced whole and nothing is left beside it") {
  tests::TempFolder folder;
  const fs::path file = folder.path() / "master.m3u8";
  replace_file(file, "one");
  replace_file(file, "two, longer");
  CHECK(read_small_file(file, 100) == "two, longer");
  CHECK(read_small_file(file, 5) == std::nullopt);
  CHECK(read_small_file(folder.path(), 100) == std::nullopt);
  CHECK(read_small_file(folder.path() / "none", 100) == std::nullopt);
  CHECK(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator{}) == 1);
  CHECK_THROWS_AS(replace_file(folder.path() / "no folder" / "x", "y"), fs::filesystem_error);
}

TEST_CASE("a data folder is made, locked, and given free again") {
  tests::TempFolder folder;
  const fs::path root = folder.path() / "data";
  {
    const DataFolder data(root);
    CHECK(fs::is_directory(data.layout().uploads()));
    CHECK(fs::is_directory(data.layout().originals()));
    CHECK(fs::is_directory(data.layout().media()));
    CHECK(data.space().total > 0);
    CHECK_THROWS_WITH(DataFolder(root), Catch::Matchers::Contains("is in use by another process (number " +
                                                                  std::to_string(::getpid())));
    write(data.layout().temporary() / "half", "x");
  }
  const DataFolder again(root);
  CHECK(fs::is_empty(again.layout().temporary()));
}

TEST_CASE("a data folder that cannot be one says so") {
  tests::TempFolder folder;
  write(folder.path() / "file", "x");
  CHECK_THROWS_WITH(DataFolder(folder.path() / "file"), Catch::Matchers::Contains("cannot be used"));
}

TEST_CASE("ids that are no safe names get no path") {
  const DataLayout layout("/data");
  CHECK(layout.original(AssetId{"abc"}) == fs::path("/data/originals/abc"));
  CHECK(layout.package(AssetId{"abc"}, "1") == fs::path("/data/media/abc/1"));
  CHECK_THROWS_AS(layout.original(AssetId{"../tongxing.db"}), std::invalid_argument);
  CHECK_THROWS_AS(layout.upload(UploadId{}), std::invalid_argument);
  CHECK_THROWS_AS(layout.package(AssetId{"abc"}, ".."), std::invalid_argument);
}
