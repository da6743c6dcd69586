// SPDX-License-Identifier: GPL-3.0-or-later
// Archives byte by byte, and as another program reads them.
#include "server/services/zip_file.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/temp_database.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace tongxing::services {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::uint32_t four(const std::string& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (int i = 3; i >= 0; --i)
    value = (value << 8) | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
  return value;
}

std::uint32_t two(const std::string& bytes, std::size_t at) {
  return four(bytes, at) & 0xFFFFU;
}

}  // namespace

TEST_CASE("the first entry of a book can be told by its first bytes") {
  tests::TempFolder folder;
  const fs::path path = folder.path() / "a.epub";
  ZipFile zip(path);
  zip.store("mimetype", "application/epub+zip");
  zip.finish();
  const auto bytes = read(path);
  // OCF §4.3: "PK" at 0, "mimetype" at 30, its content at 38, no extra field.
  CHECK(bytes.substr(0, 4) == "PK\x03\x04");
  CHECK(two(bytes, 8) == 0);
  CHECK(two(bytes, 28) == 0);
  CHECK(bytes.substr(30, 28) == "mimetypeapplication/epub+zip");
  CHECK(four(bytes, 14) == 0x2CAB616FU);  // CRC-32 of the content, computed with another program
  CHECK(four(bytes, 18) == 20);
  CHECK(four(bytes, 22) == 20);
}

TEST_CASE("stored, deflated and joined entries are all found again") {
  tests::TempFolder folder;
  const fs::path path = folder.path() / "a.zip";
  std::ofstream(folder.path() / "one", std::ios::binary) << std::string(300'000, 'x');
  std::ofstream(folder.path() / "two", std::ios::binary) << "end";
  const std::string text(10'000, 'y');
  {
    ZipFile zip(path);
    zip.store("a.txt", "hello");
    zip.deflate("b/b.txt", text);
    zip.deflate("empty", "");
    const std::vector<fs::path> parts{folder.path() / "one", folder.path() / "two"};
    zip.store_files("c/sound", parts);
    zip.finish();
  }
  const auto bytes = read(path);
  CHECK(bytes.size() > 300'000);
  CHECK(bytes.size() < 301'000);  // the text was deflated
  const auto end = bytes.size() - 22;
  REQUIRE(four(bytes, end) == 0x06054b50U);
  REQUIRE(two(bytes, end + 10) == 4);
  // Walk through the central directory: every local header is where it says, with the same sizes.
  std::size_t at = four(bytes, end + 16);
  std::vector<std::string> names;
  for (int i = 0; i < 4; ++i) {
    REQUIRE(four(bytes, at) == 0x02014b50U);
    const auto name = bytes.substr(at + 46, two(bytes, at + 28));
    const auto local = four(bytes, at + 42);
    CHECK(four(bytes, local) == 0x04034b50U);
    CHECK(bytes.substr(local + 30, name.size()) == name);
    for (std::size_t field = 0; field < 12; field += 4)
      CHECK(four(bytes, local + 14 + field) == four(bytes, at + 16 + field));
    names.push_back(name);
    at += 46 + name.size();
  }
  CHECK(names == std::vector<std::string>{"a.txt", "b/b.txt", "empty", "c/sound"});
  CHECK(at == end);
  // The same content gives the same bytes.
  ZipFile again(folder.path() / "b.zip");
  again.store("a.txt", "hello");
  again.finish();
  ZipFile third(folder.path() / "c.zip");
  third.store("a.txt", "hello");
  third.finish();
  CHECK(read(folder.path() / "b.zip") == read(folder.path() / "c.zip"));
}

TEST_CASE("a file that is missing is a fault") {
  tests::TempFolder folder;
  ZipFile zip(folder.path() / "a.zip");
  const std::vector<fs::path> parts{folder.path() / "nowhere"};
  CHECK_THROWS(zip.store_files("sound", parts));
  CHECK_THROWS(ZipFile(folder.path() / "no" / "folder" / "a.zip"));
}

}  // namespace tongxing::services
