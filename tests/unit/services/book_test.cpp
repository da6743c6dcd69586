// SPDX-License-Identifier: GPL-3.0-or-later
// Lessons and courses as books, from a published course with sound on disk.
#include "server/services/book.hpp"

#include "media/package_json/package_json.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/services/learning_world.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace tongxing::services {
namespace {

namespace fs = std::filesystem;
using namespace tests;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

class Library : public LearningWorld {
 public:
  Library() {
    add_course("course", {60_s, 30_s});
    give_sound("course-1", 10);
  }

  /// A package with one rendition of sound: "I", then `segments` times "S".
  void give_sound(const std::string& lesson, int segments, std::int64_t bytes = 1) {
    const AssetId asset{lesson + "-asset"};
    media::model::Package package;
    package.duration = Milliseconds{6000 * segments};
    package.segment_duration = Milliseconds{6000};
    media::model::Rendition sound;
    sound.name = "a-cmn";
    sound.kind = media::model::MediaKind::audio;
    sound.codecs = "mp4a.40.2";
    sound.language = "cmn";
    sound.channels = 1;
    sound.sample_rate = 48'000;
    sound.init_bytes = 1;
    sound.segments.assign(static_cast<std::size_t>(segments), {6'000'000, bytes});
    package.renditions = {sound};
    const fs::path to = layout.package(asset, "v1") / "a-cmn";
    fs::create_directories(to);
    std::ofstream(to / "init.mp4") << "I";
    for (int i = 0; i < segments; ++i) std::ofstream(to / ("s" + std::to_string(i) + ".m4s")) << "S";
    write([&](storage::Connection& db) {
      return db.run("UPDATE media_assets SET package = ?2 WHERE id = ?1", asset, media::to_json(package));
    });
  }

  void give_captions(const std::string& lesson) {
    write([&](storage::Connection& db) {
      return db.run(
          "INSERT INTO tracks (id, asset_id, kind, lang, folder, source, cue_count, created_by, created_at) "
          "VALUES "
          "(?1, ?1, 'CAPTION', 'zh-Hans', ?3, ?2, 1, 'author', 0)",
          lesson + "-asset", "WEBVTT\n\n00:02.000 --> 00:05.000\n先把车冲一遍。\n", "t-" + lesson);
    });
  }

  Result<BookOnDisk> make(const std::string& course, const std::optional<LessonId>& lesson = std::nullopt) {
    return write([&](storage::Connection& db) {
      return Books(layout).make(db, {}, CourseId{course}, lesson,
                                {"zh-Hans", "同行", "目录", "有声音。", "没有声音。"});
    });
  }

  TempFolder folder;
  storage::DataLayout layout{folder.path()};
};

}  // namespace

TEST_CASE("a course becomes a book with the sound of its lessons") {
  Library library;
  library.give_captions("course-2");
  const auto book = library.make("course");
  REQUIRE(book);
  CHECK(book->title == "洗车入门 course");
  const auto bytes = read(book->path);
  CHECK(bytes.substr(30, 28) == "mimetypeapplication/epub+zip");
  CHECK(bytes.find("EPUB/audio/lesson-1.m4aISSSSSSSSSS") != std::string::npos);  // stored, in order
  CHECK(bytes.find("EPUB/audio/lesson-2.m4a") == std::string::npos);
  CHECK(bytes.find("EPUB/lesson-2.xhtml") != std::string::npos);
  CHECK(bytes.find("EPUB/lesson-2.smil") == std::string::npos);
}

TEST_CASE("a book is made once, and again when its content is another") {
  Library library;
  const auto first = library.make("course");
  REQUIRE(first);
  const auto written = fs::last_write_time(first->path);
  const auto second = library.make("course");
  CHECK(second->path == first->path);
  CHECK(second->etag == first->etag);
  CHECK(fs::last_write_time(second->path) == written);
  library.give_captions("course-1");
  const auto third = library.make("course");
  CHECK(third->path != first->path);
  for (const auto& entry : fs::directory_iterator(first->path.parent_path())) {
    CHECK(entry.path().extension() == ".epub");  // nothing half done is left
  }
}

TEST_CASE("one lesson alone; nothing for what is not there") {
  Library library;
  const auto book = library.make("course", LessonId{"course-1"});
  REQUIRE(book);
  CHECK(book->title == "第1课");
  CHECK(library.make("nowhere").error().code == ErrorCode::not_found);
  CHECK(library.make("course", LessonId{"other"}).error().code == ErrorCode::not_found);
  // Neither words nor sound.
  CHECK(library.make("course", LessonId{"course-2"}).error().message == "errors.learning.no_book");
  library.add_course("draft", {60_s}, "OPEN", "DRAFT");
  CHECK(library.make("draft").error().code == ErrorCode::not_found);
}

TEST_CASE("too much sound is refused before anything is written") {
  Library library;
  library.give_sound("course-1", 11, kLargestBook / 10);
  CHECK(library.make("course").error().code == ErrorCode::too_large);
  CHECK_FALSE(fs::exists(library.layout.temporary()));
}

TEST_CASE("sound that is missing on disk is a fault, and leaves nothing behind") {
  Library library;
  fs::remove(library.layout.package(AssetId{"course-1-asset"}, "v1") / "a-cmn" / "s3.m4s");
  CHECK_THROWS(library.make("course"));
  CHECK(fs::is_empty(library.layout.temporary()));
}

TEST_CASE("old books make room for new ones") {
  Library library;
  REQUIRE(library.make("course"));
  for (int i = 0; i < 60; ++i) {
    const auto old = library.layout.temporary("book-old" + std::to_string(i) + ".epub");
    std::ofstream(old) << "x";
    fs::last_write_time(old, fs::file_time_type::clock::now() - std::chrono::hours(100 - i));
  }
  const auto book = library.make("course", LessonId{"course-1"});
  REQUIRE(book);
  CHECK(fs::exists(book->path));
  std::size_t left = 0;
  for ([[maybe_unused]] const auto& entry : fs::directory_iterator(library.layout.temporary())) ++left;
  CHECK(left == 50);
}

}  // namespace tongxing::services
