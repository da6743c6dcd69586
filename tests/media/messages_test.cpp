// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever the engine says about a file is said in every language.
#include "tests/support/catch.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

namespace fs = std::filesystem;

namespace {

const std::string kPrefix = "errors.media.";

std::string text_of(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::set<std::string> keys_in_sources() {
  std::set<std::string> keys;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(TONGXING_SOURCE_DIR) / "media")) {
    if (entry.path().extension() != ".cpp") continue;
    const std::string text = text_of(entry.path());
    for (auto at = text.find('"' + kPrefix); at != std::string::npos; at = text.find('"' + kPrefix, at + 1)) {
      const auto begin = at + 1 + kPrefix.size();
      keys.insert(text.substr(begin, text.find('"', begin) - begin));
    }
  }
  return keys;
}

}  // namespace

TEST_CASE("every word of the engine about a file is there in all languages") {
  const auto keys = keys_in_sources();
  CHECK(keys.size() >= 15);
  for (const char* locale : {"zh-Hans", "zh-Hant", "en"}) {
    const std::string text =
        text_of(fs::path(TONGXING_SOURCE_DIR) / "web/locales" / locale / "errors_media.json");
    for (const std::string& key : keys) {
      CAPTURE(locale, key);
      CHECK(text.find("\"" + key + "\": \"") != std::string::npos);
    }
  }
}
