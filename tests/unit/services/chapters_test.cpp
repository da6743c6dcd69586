// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/chapters.hpp"

#include "media/package_json/package_json.hpp"
#include "server/services/lesson_document.hpp"
#include "server/services/package_facts.hpp"
#include "server/storage/asset_store.hpp"
#include "server/storage/files.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/services/teaching_fixture.hpp"

namespace tongxing::services {
namespace {

namespace fs = std::filesystem;

struct Desk : tests::TeachingFixture {
  Desk() {
    media::model::Package package;
    package.duration = Milliseconds{60'000};
    package.segment_duration = Milliseconds{6'000};
    media::model::Rendition sound{
        "a-cmn", media::model::MediaKind::audio, "mp4a.40.2", "cmn", 0, 0, 0, 1, 48'000, 700, {}};
    for (int i = 0; i < 10; ++i) sound.segments.push_back({6'000'000, 60'000});
    package.renditions = {sound};
    fs::create_directories(layout.package(asset, "1"));
    write([&](storage::Connection& db) {
      storage::AssetStore(db).create({asset, author.account, lesson, "v.mp4", 8, "sha"}, clock.now());
      storage::LessonStore(db).attach(version, lesson, asset);
      storage::AssetStore(db).set_ready(asset, {"1", media::to_json(package), package.duration, false, true},
                                        clock.now());
    });
  }

  Result<std::size_t> put(const ChaptersGiven& given) {
    return attempt([&](storage::Connection& db) {
      return chapters.put(db, author, lesson, given, clock.now(), random);
    });
  }
  Error refusal(const ChaptersGiven& given) {
    const auto done = put(given);
    REQUIRE_FALSE(done);
    return done.error();
  }
  std::optional<ChaptersKept> kept() {
    return ask([&](storage::Connection& db) { return chapters_of(db, asset); });
  }
  media::model::Package stored() {
    return *media::read_package(
        ask([&](storage::Connection& db) { return storage::AssetStore(db).get(asset)->package; }));
  }
  std::string file(const char* name) {
    return storage::read_small_file(layout.package(asset, "1") / name, 1 << 16).value_or("");
  }
  void add_text(const std::string& kind, const std::string& language, const std::string& source) {
    write([&](storage::Connection& db) {
      storage::TrackStore(db).put(
          {new_id<TrackId>(random), asset, kind, language, "t", source, 1, author.account, clock.now()});
    });
  }

  storage::DataLayout layout{database.folder()};
  Chapters chapters{layout};
  AssetId asset{"a1"};
};

}  // namespace

TEST_CASE_METHOD(Desk, "typed chapters are put into the package at once") {
  REQUIRE(put({{}, "0:00 和面\n0:20 醒面\n"}) == 2U);
  CHECK(stored().chapters ==
        std::vector<media::model::Chapter>{{Milliseconds{0}, Milliseconds{20'000}, "zh-Hans", "和面"},
                                           {Milliseconds{20'000}, Milliseconds{60'000}, "zh-Hans", "醒面"}});
  CHECK(file("chapters.vtt").find("00:00:20.000 --> 00:01:00.000\n醒面") != std::string::npos);
  CHECK(file("chapters.json").find("\"title\":\"和面\"") != std::string::npos);
  CHECK(file("audio.m3u8").find("com.apple.hls.chapters") != std::string::npos);
  CHECK(media::read_package(file("package.json"))->chapters.size() == 2);
  REQUIRE(kept());
  CHECK(kept()->typed == "0:00 和面\n0:20 醒面\n");
  CHECK(kept()->track.cue_count == 2);
}

TEST_CASE_METHOD(Desk, "a file is taken instead of what was typed, in the language of the captions") {
  add_text("CAPTION", "zh-Hant", "WEBVTT\n\n00:00.000 --> 00:01.000\n一\n");
  REQUIRE(put({"WEBVTT\n\n00:01.000 --> 00:05.000\n<b>開始</b>\n\n00:09.000 --> 02:00.000\n結束\n", "x"}) ==
          2U);
  CHECK(stored().chapters[0].end == Milliseconds{5'000});
  CHECK(stored().chapters[1].end == Milliseconds{60'000});
  CHECK(stored().chapters[1].language == "zh-Hant");
  CHECK(kept()->typed == "0:01 開始\n0:09 結束\n");
  REQUIRE(put({{}, "0:00 只有一章"}) == 1U);
  CHECK(stored().chapters.size() == 1);
}

TEST_CASE_METHOD(Desk, "what is wrong with chapters is told, and the old ones stay") {
  REQUIRE(put({{}, "0:00 和面"}));
  CHECK(refusal({{}, "0:00 a\nb"}).message == "errors.chapters.bad_time");
  CHECK(refusal({{}, "0:00 a\nb"}).field == "chapters_text");
  CHECK(refusal({{}, "0:00 a\n1:00 太晚"}).message == "errors.chapters.behind_end");
  CHECK(refusal({{}, ""}).message == "errors.chapters.none_found");
  CHECK(refusal({"nonsense", "0:00 a"}).message == "errors.captions.not_captions");
  CHECK(refusal({"nonsense", "0:00 a"}).field == "chapters_file");
  CHECK(kept()->typed == "0:00 和面\n");
  set_state("SUBMITTED");
  CHECK(refusal({{}, "0:00 a"}).code == ErrorCode::conflict);
}

TEST_CASE_METHOD(Desk, "chapters go without a trace") {
  REQUIRE(put({{}, "0:00 和面"}));
  const auto remove = [&] {
    return attempt(
        [&](storage::Connection& db) { return chapters.remove(db, author, lesson, clock.now(), random); });
  };
  REQUIRE(remove());
  CHECK_FALSE(kept());
  CHECK(stored().chapters.empty());
  CHECK(file("chapters.vtt").empty());
  CHECK(file("chapters.json").empty());
  CHECK(file("audio.m3u8").find("chapters") == std::string::npos);
  CHECK(remove().error().code == ErrorCode::not_found);
}

TEST_CASE_METHOD(Desk, "the player and the transcript show the chapters") {
  add_text("CAPTION", "zh-Hans",
           "WEBVTT\n\n00:01.000 --> 00:02.000\n加水\n\n00:21.000 --> 00:22.000\n等一等\n");
  add_text("AUDIO_DESCRIPTION", "cmn", "WEBVTT\n\n00:05.000 --> 00:06.000\n手在揉面\n");
  REQUIRE(put({{}, "0:00 和面\n0:20 醒面\n"}));
  LessonFact fact;
  fact.asset = asset;
  fact.asset_version = "1";
  fact.title = "第一课";
  fact.tracks = {{"CAPTION", "zh-Hans", "t"}};
  const auto document = ask([&](storage::Connection& db) {
    add_package_facts(db, fact);
    return document_of_lesson(db, fact, "zh-Hans");
  });
  CHECK(fact.chapters.size() == 2);
  REQUIRE(document.sections.size() == 2);
  CHECK(document.sections[0].title == "和面");
  CHECK(document.sections[1].title == "醒面");
  // A script is kept under the language that it is spoken in.
  REQUIRE(document.sections[0].entries.size() == 2);
  CHECK(document.sections[0].entries[1].kind == accessibility::EntryKind::description);
}

}  // namespace tongxing::services
