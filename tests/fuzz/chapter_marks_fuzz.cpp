// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as typed chapters: nothing crashes, chapters follow each other, and the form gives the same
// again.
#include "accessibility/captions/caption_file.hpp"
#include "accessibility/captions/webvtt_writer.hpp"
#include "accessibility/transcript/chapter_marks.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace tongxing::accessibility;

namespace {

void require(bool good) {
  if (!good) std::abort();
}

void check(const ChapterMarks& marks) {
  require(!marks.empty() && marks.size() <= kMostChapters);
  const auto again = read_chapter_lines(chapter_lines(marks));
  require(again && again->size() == marks.size());
  for (std::size_t i = 0; i < marks.size(); ++i) {
    require((*again)[i].start == marks[i].start && (*again)[i].title == marks[i].title);
    require(i == 0 || marks[i - 1].start < marks[i].start);
  }
  const auto ended = ended_at(marks, marks.back().start + Milliseconds{1});
  require(ended.has_value());
  for (const auto& mark : *ended) require(mark.start < mark.end);
  const auto file = read_webvtt(write_webvtt(track_of(*ended)));
  require(file && file->track.cues.size() == marks.size());
  const auto read = chapter_marks_of(file->track);
  require(read && read->size() == marks.size());
  for (std::size_t i = 0; i < marks.size(); ++i) require((*read)[i].title == marks[i].title);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  if (const auto typed = read_chapter_lines(bytes)) check(*typed);
  if (const auto file = read_webvtt(bytes)) {
    if (const auto marks = chapter_marks_of(file->track)) require(marks->size() <= kMostChapters);
  }
  return 0;
}
