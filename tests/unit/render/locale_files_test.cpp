// SPDX-License-Identifier: GPL-3.0-or-later
// The three languages against each other, and against every place that names a text.
#include "server/render/catalogue.hpp"
#include "server/render/templates.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/render/script_tables.hpp"

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

using namespace tongxing;
using namespace tongxing::render;
namespace fs = std::filesystem;

namespace {

const fs::path kRoot = TONGXING_SOURCE_DIR;

Catalogue catalogue(Locale locale) {
  return read_catalogue(built_in_locale_files(), locale);
}

/// Names of the placeholders; kinds may differ, since Chinese needs no plural.
std::set<std::string> placeholders(const Message& message) {
  std::set<std::string> names;
  for (const auto& argument : message.arguments()) names.insert(argument.substr(0, argument.find(':')));
  return names;
}

/// The characters of a UTF-8 text, one string each.
std::vector<std::string> characters(std::string_view text) {
  std::vector<std::string> out;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0U) == 0x80U && !out.empty())
      out.back() += c;
    else
      out.emplace_back(1, c);
  }
  return out;
}

std::set<std::string> character_set(std::string_view text) {
  const auto list = characters(text);
  return {list.begin(), list.end()};
}

bool is_han(const std::string& character) {
  return character.size() == 3 && character >= "㐀" && character <= "鿿";
}

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<fs::path> files_below(const fs::path& folder, const std::set<std::string>& extensions) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && extensions.contains(entry.path().extension().string()))
      files.push_back(entry.path());
  }
  return files;
}

bool is_key_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

bool in_comment(std::string_view source, std::size_t at) {
  const auto line = source.rfind('\n', at) + 1;  // npos + 1 is 0: the first line
  const auto before = source.substr(line, at - line);
  const auto first = before.find_first_not_of(' ');
  return before.find("//") != std::string_view::npos ||
         (first != std::string_view::npos && before[first] == '*') ||
         before.find("/**") != std::string_view::npos;
}

/// Quoted words of a source that look like keys of a known area: "accounts.sign_in.title".
std::vector<std::string> keys_in_source(std::string_view source, const std::set<std::string>& areas) {
  std::vector<std::string> keys;
  for (auto at = source.find('"'); at != std::string_view::npos; at = source.find('"', at + 1)) {
    auto end = at + 1;
    while (end < source.size() && is_key_character(source[end])) ++end;
    if (end == source.size() || source[end] != '"' || in_comment(source, at)) continue;
    const auto word = source.substr(at + 1, end - at - 1);
    const auto dot = word.find('.');
    if (dot == std::string_view::npos || !areas.contains(std::string(word.substr(0, dot)))) continue;
    const auto last = word.substr(word.rfind('.') + 1);
    if (last == "json" || last == "hpp" || last == "cpp" || last == "mustache") continue;
    keys.emplace_back(word);
  }
  return keys;
}

/// "errors.http." is the stem of keys put together at run time: something must stand below it.
bool known(const Catalogue& texts, const std::string& key) {
  if (texts.contains(key)) return true;
  const auto stem = key.ends_with('.') ? key : key + ".";
  const auto next = texts.lower_bound(stem);
  return next != texts.end() && next->first.starts_with(stem);
}

}  // namespace

TEST_CASE("the three languages have the same keys with the same placeholders, none empty") {
  const auto simplified = catalogue(Locale::zh_hans);
  REQUIRE(simplified.size() > 50);
  for (const auto locale : {Locale::zh_hant, Locale::en}) {
    const auto other = catalogue(locale);
    for (const auto& [key, message] : simplified) {
      CAPTURE(tag(locale), key);
      const auto found = other.find(key);
      if (found == other.end()) {
        FAIL_CHECK("missing");
        continue;
      }
      CHECK(placeholders(found->second) == placeholders(message));
      CHECK_FALSE(found->second.pattern().empty());
      CHECK_FALSE(message.pattern().empty());
    }
    for (const auto& [key, message] : other) {
      CAPTURE(tag(locale), key);
      CHECK(simplified.contains(key));
    }
  }
}

TEST_CASE("each Chinese text keeps to its script, English to its own") {
  const auto simplified_only = character_set(kSimplifiedOnly);
  const auto traditional_only = character_set(kTraditionalOnly);
  for (const auto& [key, message] : catalogue(Locale::zh_hant)) {
    CAPTURE(key, message.pattern());
    for (const auto& character : characters(message.pattern())) {
      if (simplified_only.contains(character)) FAIL_CHECK("Simplified in zh-Hant: " << character);
    }
  }
  for (const auto& [key, message] : catalogue(Locale::zh_hans)) {
    CAPTURE(key, message.pattern());
    for (const auto& character : characters(message.pattern())) {
      if (traditional_only.contains(character)) FAIL_CHECK("Traditional in zh-Hans: " << character);
    }
  }
  for (const auto& [key, message] : catalogue(Locale::en)) {
    CAPTURE(key, message.pattern());
    for (const auto& character : characters(message.pattern())) {
      if (is_han(character)) FAIL_CHECK("Chinese in en: " << character);
    }
  }
}

// Official names must stay recognisable: Traditional characters of the mainland's words, not another region's
// words.
TEST_CASE("Traditional texts use the words of the Simplified ones") {
  for (const auto& [key, message] : catalogue(Locale::zh_hant)) {
    CAPTURE(key, message.pattern());
    for (const auto* word : {"檔案", "資訊", "網路", "軟體", "螢幕", "伺服器", "使用者", "滑鼠", "預設",
                             "視訊", "音訊", "影片", "字元", "位元", "程式",   "儲存",   "連結", "登入",
                             "帳號", "匯出", "上載", "支援", "設定", "裡",     "臺"}) {
      CHECK(message.pattern().find(word) == std::string::npos);
    }
  }
}

TEST_CASE("Chinese texts use Chinese punctuation") {
  for (const auto locale : {Locale::zh_hans, Locale::zh_hant}) {
    for (const auto& [key, message] : catalogue(locale)) {
      CAPTURE(tag(locale), key, message.pattern());
      const auto list = characters(message.pattern());
      for (std::size_t i = 1; i < list.size(); ++i) {
        const bool narrow =
            list[i] == "," || list[i] == ";" || list[i] == "?" || list[i] == "!" || list[i] == ":";
        if (narrow && is_han(list[i - 1])) FAIL_CHECK("narrow " << list[i] << " after " << list[i - 1]);
      }
    }
  }
}

TEST_CASE("every text that a template names exists and needs no values") {
  const auto texts = catalogue(Locale::zh_hans);
  const Templates templates(built_in_template_files());
  for (const auto& [path, flat] : templates.all()) {
    for (const auto& name : flat.variables) {
      CAPTURE(path, name);
      if (name.starts_with("t.")) {
        const auto found = texts.find(name.substr(2));
        if (found == texts.end())
          FAIL_CHECK("no such text");
        else
          CHECK(found->second.arguments().empty());
      }
      if (name.starts_with("bundle.")) CHECK(known(texts, name.substr(7) + "."));
    }
    for (const auto& name : flat.sections) {
      CAPTURE(path, name);
      CHECK_FALSE(name.starts_with("t."));  // a text is no condition
    }
  }
}

TEST_CASE("every text that a source names exists") {
  const auto texts = catalogue(Locale::zh_hans);
  std::set<std::string> areas{"errors"};
  for (const auto& [key, message] : texts) areas.insert(key.substr(0, key.find('.')));
  std::size_t found = 0;
  for (const auto* room : {"server", "media", "courses", "accessibility"}) {
    for (const auto& path : files_below(kRoot / room, {".cpp", ".hpp"})) {
      for (const auto& key : keys_in_source(read(path), areas)) {
        CAPTURE(path.lexically_relative(kRoot).string(), key);
        CHECK(known(texts, key));
        ++found;
      }
    }
  }
  CHECK(found > 10);
}

TEST_CASE("every text that a script asks for by name exists below some bundle") {
  std::set<std::string> endings;
  for (const auto& [key, message] : catalogue(Locale::zh_hans)) {
    for (auto dot = key.find('.'); dot != std::string::npos; dot = key.find('.', dot + 1))
      endings.insert(key.substr(dot + 1));
  }
  for (const auto& path : files_below(kRoot / "web/src", {".ts"})) {
    if (path.string().ends_with(".test.ts")) continue;
    const auto source = read(path);
    for (auto at = source.find("t(\""); at != std::string::npos; at = source.find("t(\"", at + 1)) {
      const char before = at == 0 ? ' ' : source[at - 1];
      if (is_key_character(before) && before != '.') continue;  // the end of another name, such as assert("
      if (in_comment(source, at)) continue;
      const auto end = source.find('"', at + 3);
      const auto key = source.substr(at + 3, end - at - 3);
      CAPTURE(path.lexically_relative(kRoot).string(), key);
      if (key.find("${") == std::string::npos) CHECK(endings.contains(key));
    }
  }
}
