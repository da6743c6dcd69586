// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/book.hpp"

#include "accessibility/epub/book.hpp"
#include "media/package_json/package_json.hpp"
#include "server/services/catalogue.hpp"
#include "server/services/digest.hpp"
#include "server/services/lesson_document.hpp"
#include "server/services/zip_file.hpp"
#include "server/storage/asset_store.hpp"

#include <algorithm>
#include <chrono>
#include <system_error>
#include <utility>
#include <vector>

#include <unistd.h>

namespace tongxing::services {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFormat = "1";  ///< grows when books are made in another way
constexpr std::size_t kMostBooks = 50;     ///< kept at a time
constexpr std::uintmax_t kMostBytes = 2'000'000'000;

/// The sound of a lesson: files that make one MP4 when they are put one after the other.
struct Sound {
  std::vector<fs::path> files;
  Milliseconds duration{0};
  std::int64_t bytes = 0;
};

std::optional<Sound> sound_of(storage::Connection& db, const storage::DataLayout& layout,
                              const LessonFact& lesson) {
  if (!lesson.playable() || !lesson.has_audio) return std::nullopt;
  const auto asset = storage::AssetStore(db).get(lesson.asset);
  const auto package =
      asset ? media::read_package(asset->package) : std::unexpected(media::JsonFault::not_json);
  if (!package) return std::nullopt;
  const auto is_main = [](const media::model::Rendition& rendition) {
    return rendition.kind == media::model::MediaKind::audio &&
           rendition.role == media::model::AudioRole::main;
  };
  const auto main = std::ranges::find_if(package->renditions, is_main);
  if (main == package->renditions.end() || main->segments.empty()) return std::nullopt;
  const fs::path folder = layout.package(lesson.asset, lesson.asset_version) / main->name;
  Sound sound{{folder / "init.mp4"}, Milliseconds{0}, main->init_bytes};
  std::int64_t length_us = 0;
  for (std::size_t i = 0; i < main->segments.size(); ++i) {
    sound.files.push_back(folder / ("s" + std::to_string(i) + ".m4s"));
    sound.bytes += main->segments[i].bytes;
    length_us += main->segments[i].duration_us;
  }
  sound.duration = Milliseconds{length_us / 1000};
  return sound;
}

/// "2026-11-26T05:00:00Z"
std::string utc_text(Timestamp at) {
  using namespace std::chrono;
  const auto day = floor<days>(at);
  const year_month_day date{day};
  const hh_mm_ss time{floor<seconds>(at - day)};
  const auto two = [](auto value) { return (value < 10 ? "0" : "") + std::to_string(value); };
  return std::to_string(static_cast<int>(date.year())) + "-" + two(static_cast<unsigned>(date.month())) +
         "-" + two(static_cast<unsigned>(date.day())) + "T" + two(time.hours().count()) + ":" +
         two(time.minutes().count()) + ":" + two(time.seconds().count()) + "Z";
}

/// Everything that a book is made of: two books with the same key are the same book.
std::string key_of(const CourseView& view, const std::vector<const LessonFact*>& lessons,
                   const BookText& text) {
  std::string all(kFormat);
  const auto add = [&](std::string_view part) { (all += '\0') += part; };
  for (const auto part : {std::string_view(view.course.version.str()), std::string_view(view.course.title),
                          std::string_view(text.language), std::string_view(text.publisher),
                          std::string_view(text.contents), std::string_view(text.with_sound)}) {
    add(part);
  }
  for (const auto* lesson : lessons) {
    for (const auto& part : {lesson->id.str(), lesson->title, lesson->asset.str(), lesson->asset_version})
      add(part);
    for (const auto& track : lesson->tracks) add(track.folder);
  }
  return sha256_hex(all).substr(0, 32);
}

std::vector<const LessonFact*> chosen(const CourseView& view, const std::optional<LessonId>& lesson) {
  std::vector<const LessonFact*> found;
  for (const auto& fact : view.lessons) {
    if (fact.playable() && (!lesson || fact.id == *lesson)) found.push_back(&fact);
  }
  return found;
}

/// A book with the files that its sound is made of, lesson by lesson.
struct Content {
  accessibility::Book book;
  std::vector<std::optional<Sound>> sounds;
  std::int64_t bytes = 0;
};

Content content_of(storage::Connection& db, const storage::DataLayout& layout, const CourseView& view,
                   const std::vector<const LessonFact*>& lessons, const BookText& text) {
  Content content;
  bool heard = false;
  for (const auto* lesson : lessons) {
    auto sound = sound_of(db, layout, *lesson);
    auto document = document_of_lesson(db, *lesson, text.language);
    if (document.empty() && !sound) continue;
    heard = heard || sound;
    content.bytes += sound ? sound->bytes : 0;
    content.book.lessons.push_back(
        {std::move(document), sound ? std::optional(sound->duration) : std::nullopt});
    content.sounds.push_back(std::move(sound));
  }
  auto& book = content.book;
  book.identifier = "tongxing-" + view.course.version.str();
  if (lessons.size() == 1) book.identifier += "-" + lessons.front()->id.str();
  book.title = lessons.size() == 1 ? lessons.front()->title : view.course.title;
  book.language = book.lessons.empty() ? text.language : book.lessons.front().document.language;
  book.publisher = text.publisher;
  book.modified = utc_text(view.course.published_at);
  book.words = {text.contents, heard ? text.with_sound : text.without_sound};
  return content;
}

void write_book(const fs::path& path, const Content& content) {
  ZipFile zip(path);
  for (const auto& file : accessibility::files_of(content.book)) {
    if (file.path == "mimetype") {
      zip.store(file.path, file.content);
    } else {
      zip.deflate(file.path, file.content);
    }
  }
  for (std::size_t i = 0; i < content.sounds.size(); ++i) {
    if (content.sounds[i]) zip.store_files(accessibility::sound_path(i), content.sounds[i]->files);
  }
  zip.finish();
}

/// Makes room: the oldest books go, whoever is reading one keeps it open until they are done.
void tidy(const fs::path& folder) {
  std::vector<std::pair<fs::file_time_type, fs::path>> books;
  std::uintmax_t bytes = 0;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    if (entry.path().extension() != ".epub") continue;
    books.emplace_back(entry.last_write_time(ignored), entry.path());
    const auto size = entry.file_size(ignored);
    if (!ignored) bytes += size;
  }
  std::ranges::sort(books);
  std::size_t left = books.size();
  for (const auto& [time, path] : books) {
    if (left <= kMostBooks && bytes <= kMostBytes) return;
    const auto size = fs::file_size(path, ignored);
    if (!ignored) bytes -= std::min(bytes, size);
    fs::remove(path, ignored);
    --left;
  }
}

/// A file that is being written: no other thread or process uses its name now. Removed unless it was put in
/// its place, for half a book helps nobody.
class Draft {
 public:
  explicit Draft(const fs::path& book)
      : path_(book.string() + "." + std::to_string(::getpid()) + "-" + std::to_string(::gettid()) + ".part") {
    fs::create_directories(path_.parent_path());
  }
  ~Draft() {
    std::error_code ignored;
    fs::remove(path_, ignored);
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }
  void put(const fs::path& place) const { fs::rename(path_, place); }

 private:
  fs::path path_;
};

}  // namespace

Result<BookOnDisk> Books::make(storage::Connection& db, const auth::Viewer& viewer, const CourseId& course,
                               const std::optional<LessonId>& lesson, const BookText& text) const {
  const auto view = view_course(db, viewer, course);
  if (!view) return std::unexpected(view.error());
  const auto lessons = chosen(*view, lesson);
  if (lessons.empty()) return fail(ErrorCode::not_found, "errors.learning.no_book");
  const std::string key = key_of(*view, lessons, text);
  BookOnDisk book{layout_.temporary("book-" + key + ".epub"),
                  lesson ? lessons.front()->title : view->course.title, "\"" + key + "\""};
  if (fs::exists(book.path)) return book;
  const auto content = content_of(db, layout_, *view, lessons, text);
  if (content.book.lessons.empty()) return fail(ErrorCode::not_found, "errors.learning.no_book");
  if (content.bytes > kLargestBook) return fail(ErrorCode::too_large, "errors.learning.book_too_large");
  const Draft draft(book.path);
  write_book(draft.path(), content);
  draft.put(book.path);
  tidy(book.path.parent_path());
  return book;
}

}  // namespace tongxing::services
