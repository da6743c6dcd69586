// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/author_notes.hpp"

#include "accessibility/captions/caption_file.hpp"
#include "accessibility/captions/webvtt_writer.hpp"
#include "tests/support/catch.hpp"

namespace {

using namespace tongxing::accessibility;
using namespace std::chrono_literals;

constexpr std::string_view kNoted =
    "WEBVTT\n\nNOTE origin: machine\n\nNOTE burned-in:\n1:05 - 1:09.5\n1:00:00.000-1:00:02,250 top\n\n"
    "00:01.000 --> 00:02.000\nhi\n";

}  // namespace

TEST_CASE("A mark is two times and a place, as people write them") {
  using Mark = BurnedInText;
  CHECK(burned_in_from("1:05-1:09") == Mark{{65s, 69s}, PictureArea::bottom});
  CHECK(burned_in_from(" 0:01:05.5 – 0:01:09.25 middle ") == Mark{{65'500ms, 69'250ms}, PictureArea::middle});
  CHECK(burned_in_from("1：05 至 1：09 上") == Mark{{65s, 69s}, PictureArea::top});
  CHECK(burned_in_from("00:01:05.000 00:01:09.000 下") == Mark{{65s, 69s}, PictureArea::bottom});
  for (const auto* wrong : {"", "1:05", "1:05-", "65-69", "1:05-1:05", "1:09-1:05", "1:65-2:00",
                            "1:05-1:09 left", "1:05-1:09.1234", "1:0:0:0-2:00", "-1:05-1:09", "1:051:09"}) {
    INFO(wrong);
    CHECK_FALSE(burned_in_from(wrong));
  }
}

TEST_CASE("A list of marks says which line is none") {
  const auto marks = burned_in_list("1:05-1:09\r\n\n 2:00-2:10 top");
  REQUIRE(marks);
  CHECK(marks->size() == 2);
  CHECK(burned_in_list("")->empty());
  CHECK(burned_in_list("1:05-1:09\n\nhere\n").error() == 3);
  std::string many;
  for (std::size_t i = 0; i <= kMaxBurnedIn; ++i) many += "0:01-0:02\n";
  CHECK(burned_in_list(many).error() == kMaxBurnedIn + 1);
}

TEST_CASE("Notes are read from comments and written again, but not into segments") {
  const auto file = read_webvtt(kNoted);
  REQUIRE(file);
  CHECK(file->findings.empty());
  CHECK(file->track.notes.origin == CaptionOrigin::machine_unreviewed);
  REQUIRE(file->track.notes.burned_in.size() == 2);
  CHECK(file->track.notes.burned_in[1] == BurnedInText{{3600s, 3'602'250ms}, PictureArea::top});
  const auto again = read_webvtt(write_webvtt(file->track));
  REQUIRE(again);
  CHECK(again->track.notes == file->track.notes);
  CHECK(write_webvtt_segment(file->track, 0s, 6s).find("NOTE") == std::string::npos);
}

TEST_CASE("What begins as a note and is none is told; other comments are not") {
  const auto file = read_webvtt(
      "WEBVTT\n\nNOTE origin: robot\n\nNOTE\nburned-in:\nsoon\n\nNOTE origin of the species\n\n"
      "00:01.000 --> 00:02.000\nhi\n");
  REQUIRE(file);
  REQUIRE(file->findings.size() == 2);
  CHECK(file->findings[0].kind == FindingKind::setting_ignored);
  CHECK(file->findings[0].text == "origin: robot");
  CHECK(file->findings[1].text == "soon");
  CHECK(file->findings[1].line == 5);
  CHECK(file->track.notes == AuthorNotes{});
}

TEST_CASE("Origins have names") {
  for (const auto origin :
       {CaptionOrigin::human, CaptionOrigin::machine_unreviewed, CaptionOrigin::machine_reviewed}) {
    CHECK(caption_origin_from(name_of(origin)) == origin);
  }
  CHECK_FALSE(caption_origin_from(""));
}
