// SPDX-License-Identifier: GPL-3.0-or-later
// A book of lessons: its files refer to one another, and the sound is told without a hole.
#include "accessibility/epub/book.hpp"

#include "accessibility/epub/book_pages.hpp"
#include "accessibility/epub/xml_text.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace {

using namespace tongxing::accessibility;
using std::chrono::milliseconds;

Entry speech(int start, const std::string& text) {
  return {EntryKind::speech,
          milliseconds{start},
          milliseconds{start + 900},
          "t-" + std::to_string(start),
          "师傅",
          text};
}

Document document() {
  Document made{"冲洗 <b>", "zh-Hans", {}};
  made.sections.push_back({"", "c-0", milliseconds{0}, {speech(500, "先冲 & 再洗"), speech(2000, "第二句")}});
  auto seen = speech(3000, "水枪");
  seen.kind = EntryKind::description;
  made.sections.push_back({"打蜡", "c-3000", milliseconds{3000}, {seen, speech(4000, "擦干\x01")}});
  made.sections.push_back({"空", "c-9000", milliseconds{9000}, {}});
  return made;
}

Book book() {
  return {"tongxing-c1-1",
          "洗车入门",
          "zh-Hans",
          "同行",
          "2026-11-26T05:00:00Z",
          {"目录", "文字与声音同步。"},
          {{document(), milliseconds{10'000}},
           {document(), std::nullopt},
           {Document{"只有声音", "zh-Hans", {}}, milliseconds{5000}}}};
}

/// Values of an attribute, in order.
std::vector<std::string> values(const std::string& xml, const std::string& name) {
  std::vector<std::string> found;
  const std::string start = " " + name + "=\"";
  for (auto at = xml.find(start); at != std::string::npos; at = xml.find(start, at + 1)) {
    const auto begin = at + start.size();
    found.push_back(xml.substr(begin, xml.find('"', begin) - begin));
  }
  return found;
}

std::map<std::string, std::string> by_path(const Book& made) {
  std::map<std::string, std::string> files;
  for (const auto& file : files_of(made)) files.emplace(file.path, file.content);
  return files;
}

int milliseconds_in(const std::string& time) {
  return static_cast<int>(std::stod(time.substr(0, time.size() - 1)) * 1000 + 0.5);
}

}  // namespace

TEST_CASE("Clips follow one another from the beginning to the end of the sound") {
  using Clips = std::vector<Clip>;
  CHECK(clips_of(document(), milliseconds{10'000}) ==
        Clips{{"t-500", milliseconds{0}, milliseconds{2000}},
              {"t-2000", milliseconds{2000}, milliseconds{4000}},
              {"t-3000", std::nullopt, milliseconds{0}},
              {"t-4000", milliseconds{4000}, milliseconds{10'000}}});
  // What begins after the end, or with another, leaves no time.
  auto odd = document();
  odd.sections[0].entries.push_back(speech(2000, "同时"));
  odd.sections[1].entries.push_back(speech(10'000, "太晚"));
  const auto clips = clips_of(odd, milliseconds{10'000});
  CHECK_FALSE(clips[2].begin);
  CHECK_FALSE(clips[5].begin);
  CHECK(clips[4].end == milliseconds{10'000});
}

TEST_CASE("The type of the archive comes first") {
  const auto files = files_of(book());
  CHECK(files.at(0).path == "mimetype");
  CHECK(files.at(0).content == "application/epub+zip");
  CHECK(files.at(1).path == "META-INF/container.xml");
}

TEST_CASE("The manifest names every file once, and nothing else") {
  const auto files = by_path(book());
  const auto& opf = files.at("EPUB/package.opf");
  std::set<std::string> expected{"EPUB/audio/lesson-1.m4a", "EPUB/audio/lesson-3.m4a"};
  CHECK(sound_path(2) == "EPUB/audio/lesson-3.m4a");
  for (const auto& [path, content] : files) {
    if (path.starts_with("EPUB/") && path != "EPUB/package.opf") expected.insert(path);
  }
  std::multiset<std::string> named;
  for (const auto& href : values(opf, "href")) named.insert("EPUB/" + href);
  CHECK(std::set<std::string>(named.begin(), named.end()) == expected);
  CHECK(named.size() == expected.size());
  const auto ids = values(opf, "id");
  CHECK(std::set<std::string>(ids.begin(), ids.end()).size() == ids.size());
  for (const auto& idref : values(opf, "idref")) CHECK(std::ranges::find(ids, idref) != ids.end());
  for (const auto& refines : values(opf, "refines"))
    CHECK(std::ranges::find(ids, refines.substr(1)) != ids.end());
  for (const auto& smil : values(opf, "media-overlay")) CHECK(std::ranges::find(ids, smil) != ids.end());
  CHECK(values(opf, "idref").size() == 3);
}

TEST_CASE("Every stretch of an overlay names a text that is there, within the sound") {
  const auto files = by_path(book());
  for (const auto& [name, length] : {std::pair{"EPUB/lesson-1", 10'000}, {"EPUB/lesson-3", 5000}}) {
    const std::string base(name);
    const auto& smil = files.at(base + ".smil");
    const auto ids = values(files.at(base + ".xhtml"), "id");
    CHECK(std::set<std::string>(ids.begin(), ids.end()).size() == ids.size());
    const std::string page = base.substr(5) + ".xhtml#";
    auto targets = values(smil, "src");
    for (const auto& textref : values(smil, "epub:textref")) targets.push_back(textref);
    for (const auto& target : targets) {
      if (!target.starts_with(page)) continue;
      INFO(target);
      CHECK(std::ranges::find(ids, target.substr(page.size())) != ids.end());
    }
    const auto begins = values(smil, "clipBegin");
    const auto ends = values(smil, "clipEnd");
    REQUIRE(begins.size() == ends.size());
    REQUIRE_FALSE(begins.empty());
    int before = 0;
    for (std::size_t i = 0; i < begins.size(); ++i) {
      CHECK(milliseconds_in(begins[i]) == before);
      CHECK(milliseconds_in(ends[i]) > before);
      before = milliseconds_in(ends[i]);
    }
    CHECK(before == length);
  }
  CHECK_FALSE(files.contains("EPUB/lesson-2.smil"));
}

TEST_CASE("The book says what it is for people and for catalogues") {
  const auto opf = package_document(book());
  for (const char* text : {"<meta property=\"schema:accessMode\">textual</meta>",
                           "<meta property=\"schema:accessMode\">auditory</meta>",
                           "<meta property=\"schema:accessModeSufficient\">textual</meta>",
                           "<meta property=\"schema:accessibilityFeature\">synchronizedAudioText</meta>",
                           "<meta property=\"schema:accessibilityHazard\">none</meta>",
                           "<meta property=\"schema:accessibilitySummary\">文字与声音同步。</meta>",
                           "<meta property=\"media:duration\">15.000s</meta>",
                           "<meta property=\"media:duration\" refines=\"#smil-1\">10.000s</meta>",
                           "<dc:language>zh-Hans</dc:language>",
                           "<meta property=\"dcterms:modified\">2026-11-26T05:00:00Z</meta>"}) {
    INFO(text);
    CHECK(opf.find(text) != std::string::npos);
  }
  // One lesson has no sound: listening alone does not do.
  CHECK(opf.find("Sufficient\">auditory") == std::string::npos);
}

TEST_CASE("What people wrote can not break the markup") {
  const auto page = lesson_page(document());
  CHECK(page.find("冲洗 &lt;b&gt;") != std::string::npos);
  CHECK(page.find("先冲 &amp; 再洗") != std::string::npos);
  CHECK(page.find('\x01') == std::string::npos);
  CHECK(page.find("［画面］ 水枪") != std::string::npos);
  CHECK(xml_text("\"'\xFF\xEF\xBF\xBE\t") == "&quot;&#39;\xEF\xBF\xBD\xEF\xBF\xBD\t");
  CHECK(smil_time(milliseconds{12'005}) == "12.005s");
  CHECK(smil_time(milliseconds{-1}) == "0.000s");
}

TEST_CASE("Navigation leads to lessons and chapters") {
  const auto nav = navigation(book());
  CHECK(nav.find("<a href=\"lesson-1.xhtml#c-3000\">打蜡</a>") != std::string::npos);
  CHECK(nav.find("<a href=\"lesson-2.xhtml\">") != std::string::npos);
  CHECK(nav.find(">目录</h1>") != std::string::npos);
}
