// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/transcript/document.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Lessons as a book: EPUB 3.3 with media overlays (the text follows the sound), described for libraries as
/// EPUB Accessibility 1.1 §2 asks. Pure: text in, text out; who packs it adds the sound and writes the
/// archive.
namespace tongxing::accessibility {

/// Words of the book in its readers' language.
struct BookWords {
  std::string contents;  ///< heading of the table of contents
  std::string summary;   ///< accessibilitySummary: one or two sentences for people
};

struct BookLesson {
  Document document;
  std::optional<Milliseconds> sound{};  ///< duration of its sound file; nullopt: text only
};

struct Book {
  std::string identifier;  ///< unique for this course and version
  std::string title;
  std::string language;  ///< BCP 47
  std::string publisher;
  std::string modified;  ///< "2026-11-26T05:00:00Z"
  BookWords words;
  std::vector<BookLesson> lessons;  ///< in order, at least one
};

/// A file of the archive.
struct BookFile {
  std::string path;  ///< from the root of the archive: "EPUB/lesson-1.xhtml"
  std::string content;
};

/// Every file but the sound, in the order in which they have to be written: "mimetype" first, which must be
/// stored without compression (OCF §4.3).
[[nodiscard]] std::vector<BookFile> files_of(const Book& book);

/// Where the sound of a lesson (counted from 0) has to be put: AAC in MP4.
[[nodiscard]] std::string sound_path(std::size_t lesson);

/// A stretch of sound that belongs to an entry of the text.
struct Clip {
  std::string anchor;
  std::optional<Milliseconds> begin{};  ///< nullopt: text alone
  Milliseconds end{0};
  bool operator==(const Clip&) const = default;
};

/// Which sound goes with which entry: the clips follow one another from 0 to the end without a hole, so that
/// music and pauses are heard too. Descriptions, and entries that leave no time, are text alone.
[[nodiscard]] std::vector<Clip> clips_of(const Document& document, Milliseconds sound);

}  // namespace tongxing::accessibility
