// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/viewer.hpp"
#include "server/base/id.hpp"
#include "server/base/result.hpp"
#include "server/storage/connection.hpp"
#include "server/storage/data_folder.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

/// A lesson or a whole course as an EPUB to take away: the transcripts, with the sound where it is known.
namespace tongxing::services {

/// More sound than this is refused: take the lessons one by one.
inline constexpr std::int64_t kLargestBook = 1'000'000'000;  ///< bytes

/// Words of the book in the reader's language.
struct BookText {
  std::string language;       ///< BCP 47 of the page that it is asked from
  std::string publisher;      ///< name of the platform
  std::string contents;       ///< heading of the table of contents
  std::string with_sound;     ///< summary of a book with sound
  std::string without_sound;  ///< summary of a book without
};

/// A book that is ready to be sent.
struct BookOnDisk {
  std::filesystem::path path;
  std::string title;  ///< of the lesson or course, for its file name
  std::string etag;   ///< with quotes
};

/// Makes books below the data folder's tmp/, each once: a later reader gets the same file until tmp/ is
/// emptied or newer books need the room. Stateless; any thread; may run for a second or two for a course of
/// many hours.
class Books {
 public:
  explicit Books(storage::DataLayout layout) : layout_(std::move(layout)) {}

  /// Of the version that the viewer may see. `lesson` empty: every lesson that can be played or read.
  /// not_found; too_large beyond kLargestBook.
  [[nodiscard]] Result<BookOnDisk> make(storage::Connection& db, const auth::Viewer& viewer,
                                        const CourseId& course, const std::optional<LessonId>& lesson,
                                        const BookText& text) const;

 private:
  storage::DataLayout layout_;
};

}  // namespace tongxing::services
