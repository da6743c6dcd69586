// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/caption_file.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

/// The chapters of a lesson as their author gives them: typed, a time and a title a line, or as a caption
/// file with a cue a chapter. Pure; what is read is hostile.
namespace tongxing::accessibility {

/// One chapter; `end` is where the next one begins at the latest, and 0 where nobody said.
struct ChapterMark {
  Milliseconds start{0};
  Milliseconds end{0};
  std::string title;     ///< plain, one line, UTF-8, not empty
  std::size_t line = 0;  ///< from 1, of what was given
  bool operator==(const ChapterMark&) const = default;
};

/// [house] More chapters than that are no help to find something.
inline constexpr std::size_t kMostChapters = 500;
inline constexpr std::size_t kLongestChapterTitle = 200;  ///< code points
inline constexpr std::size_t kLargestChapterText = 256U << 10U;

enum class ChapterFault : std::uint8_t {
  none_found,     ///< not one chapter
  too_large,      ///< longer than kLargestChapterText
  not_utf8,       ///< the bytes are no text
  bad_time,       ///< a line does not begin with a time
  title_missing,  ///< a time, and nothing behind it
  title_long,     ///< more than kLongestChapterTitle
  out_of_order,   ///< not behind the chapter before
  too_many,       ///< more than kMostChapters
  behind_end,     ///< begins when the lesson is over
};
[[nodiscard]] std::string_view name_of(ChapterFault fault);

struct ChapterError {
  ChapterFault fault = ChapterFault::none_found;
  std::size_t line = 0;  ///< from 1; 0: of the whole
  bool operator==(const ChapterError&) const = default;
};

using ChapterMarks = std::vector<ChapterMark>;

/// "0:00 和面", "1:02:03.5 蒸制": hours may be left out, a colon and digits of a Chinese keyboard are as
/// good, empty lines do not count.
[[nodiscard]] std::expected<ChapterMarks, ChapterError> read_chapter_lines(std::string_view text);

/// A cue a chapter: its text, without marks, is the title.
[[nodiscard]] std::expected<ChapterMarks, ChapterError> chapter_marks_of(const Track& track);

/// Every chapter ends where the next one begins, or before, and with the lesson.
[[nodiscard]] std::expected<ChapterMarks, ChapterError> ended_at(ChapterMarks marks, Milliseconds length);

/// What read_chapter_lines() reads, for a form that is opened again. Ends are left out.
[[nodiscard]] std::string chapter_lines(const ChapterMarks& marks);

/// A cue a chapter, for a WebVTT file of kind "chapters".
[[nodiscard]] Track track_of(const ChapterMarks& marks);

}  // namespace tongxing::accessibility
