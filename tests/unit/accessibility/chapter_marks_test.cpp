// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/transcript/chapter_marks.hpp"

#include "accessibility/captions/webvtt_writer.hpp"
#include "tests/support/catch.hpp"

namespace tongxing::accessibility {
namespace {

using Fault = ChapterFault;

ChapterError error_of(std::string_view text) {
  const auto read = read_chapter_lines(text);
  REQUIRE_FALSE(read);
  return read.error();
}

}  // namespace

TEST_CASE("typed chapters are a time and a title a line") {
  const auto read = read_chapter_lines("0:00 和面\r\n\n １：０５　 醒面，  30 分钟\n1:02:03.5 蒸制\n");
  REQUIRE(read);
  CHECK(*read == ChapterMarks{{Milliseconds{0}, {}, "和面", 1},
                              {Milliseconds{65'000}, {}, "醒面， 30 分钟", 3},
                              {Milliseconds{3'723'500}, {}, "蒸制", 4}});
  CHECK(read_chapter_lines("100:00 很长的课")->front().start == Milliseconds{6'000'000});
  CHECK(read_chapter_lines("0:01.25 a")->front().start == Milliseconds{1'250});
}

TEST_CASE("what is wrong with typed chapters is told with its line") {
  CHECK(error_of("") == ChapterError{Fault::none_found, 0});
  CHECK(error_of(" \n\n") == ChapterError{Fault::none_found, 0});
  CHECK(error_of("0:00 a\n和面") == ChapterError{Fault::bad_time, 2});
  for (const char* wrong :
       {"0:60 a", "1:60:00 a", "25:00:00 a", "5 a", "0:05x a", "0:05. a", ":05 a", "0:1234 a"}) {
    CAPTURE(wrong);
    CHECK(error_of(wrong) == ChapterError{Fault::bad_time, 1});
  }
  CHECK(error_of("0:00\n") == ChapterError{Fault::title_missing, 1});
  CHECK(error_of("0:05 a\n0:05 b") == ChapterError{Fault::out_of_order, 2});
  CHECK(error_of("0:00 " + std::string(201, 'x')) == ChapterError{Fault::title_long, 1});
  CHECK(error_of("0:00 \xff") == ChapterError{Fault::not_utf8, 0});
  CHECK(error_of(std::string(kLargestChapterText + 1, ' ')) == ChapterError{Fault::too_large, 0});
  std::string many;
  for (std::size_t i = 0; i <= kMostChapters; ++i) {
    many += std::to_string(i / 60) + ":" + (i % 60 < 10 ? "0" : "") + std::to_string(i % 60) + " a\n";
  }
  CHECK(error_of(many) == ChapterError{Fault::too_many, kMostChapters + 1});
}

TEST_CASE("a chapter ends with the next one or with the lesson") {
  auto marks = read_chapter_lines("0:00 a\n0:10 b\n0:20 c").value();
  marks[0].end = Milliseconds{4'000};
  marks[1].end = Milliseconds{90'000};
  const auto ended = ended_at(marks, Milliseconds{30'000});
  REQUIRE(ended);
  CHECK((*ended)[0].end == Milliseconds{4'000});
  CHECK((*ended)[1].end == Milliseconds{20'000});
  CHECK((*ended)[2].end == Milliseconds{30'000});
  CHECK(ended_at(marks, Milliseconds{20'000}).error() == ChapterError{Fault::behind_end, 3});
}

TEST_CASE("chapters of a file come back the same as lines and as a file") {
  const auto file = read_webvtt(
      "WEBVTT\n\n00:00.000 --> 00:05.000\n<b>和面</b>\n两种\n\n00:05.250 --> 00:09.000\na &lt; b --&gt; c\n");
  REQUIRE(file);
  const auto marks = chapter_marks_of(file->track);
  REQUIRE(marks);
  REQUIRE(marks->size() == 2);
  CHECK((*marks)[0].title == "和面 两种");
  CHECK((*marks)[1].title == "a < b --> c");
  CHECK(chapter_lines(*marks) == "0:00 和面 两种\n0:05.250 a < b --> c\n");
  const auto again = chapter_marks_of(read_webvtt(write_webvtt(track_of(*marks)))->track);
  REQUIRE(again);
  CHECK((*again)[1].title == (*marks)[1].title);
  CHECK((*again)[1].end == (*marks)[1].end);
  CHECK(chapter_marks_of(Track{}).error().fault == Fault::none_found);
}

}  // namespace tongxing::accessibility
