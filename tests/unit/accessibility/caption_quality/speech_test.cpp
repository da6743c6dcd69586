// SPDX-License-Identifier: GPL-3.0-or-later
// C11–C16, C24, C30 and the arithmetic of spans.
#include "accessibility/caption_quality/spans.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/accessibility/caption_quality/quality_fixture.hpp"

namespace {

using namespace tongxing::accessibility;
using namespace tongxing::tests;
using namespace std::chrono_literals;
using Kind = FindingKind;
using Spans = std::vector<TimeSpan>;

CaptionContext with_speech(Spans speech) {
  CaptionContext context{.language = "zh-Hans"};
  context.speech = std::move(speech);
  return context;
}

TEST_CASE("Spans are sorted, joined, cut") {
  CHECK(sorted_spans(Spans{{5s, 6s}, {1s, 2s}, {2s, 3s}, {4s, 4s}, {9s, 8s}}) == Spans{{1s, 3s}, {5s, 6s}});
  CHECK(intersection(Spans{{0s, 4s}, {6s, 9s}}, Spans{{2s, 7s}}) == Spans{{2s, 4s}, {6s, 7s}});
  CHECK(difference(Spans{{0s, 10s}}, Spans{{2s, 3s}, {5s, 6s}, {9s, 20s}}) ==
        Spans{{0s, 2s}, {3s, 5s}, {6s, 9s}});
  CHECK(difference(Spans{{0s, 1s}, {2s, 3s}}, Spans{{0s, 5s}}).empty());
  CHECK(difference(Spans{{2s, 3s}}, Spans{}) == Spans{{2s, 3s}});
  CHECK(total_of(Spans{{0s, 1s}, {5s, 7s}}) == 3s);
}

TEST_CASE("C11: a cue inside running speech starts where its sentence does") {
  const auto context = with_speech({{1s, 9s}});
  CHECK(told({cue(1s, 5s, "第一句"), cue(5s, 9s, "第二句")}, context).empty());
  CHECK(told({cue(1600ms, 5s, "第一句"), cue(5s, 9s, "第二句")}, context) ==
        Told{{Kind::speech_uncovered, Severity::warning}, {Kind::speech_late, Severity::warning}});
}

TEST_CASE("C11 C12: sound labels have no speech to meet") {
  const auto context = with_speech({{1s, 3s}});
  CHECK(told({cue(0s, 1s, "［门铃］"), cue(1s, 3s, "来了")}, context).empty());
  CHECK(told({cue(700ms, 3s, "来了")}, context) == Told{{Kind::speech_early, Severity::warning}});
}

TEST_CASE("C13: without any speech there is nothing to cover") {
  CHECK(told({cue(0s, 3s, "［音乐］")}, with_speech({})).empty());
  CHECK(told({cue(0s, 3s, "［音乐］")}, with_speech({{0s, 3s}})) ==
        Told{{Kind::speech_uncovered, Severity::error}});
}

TEST_CASE("C14: only where somebody needs captions for sounds") {
  auto context = with_speech({{0s, 2s}});
  context.sound = Spans{{0s, 2s}, {3s, 13'001ms}};
  CHECK(told({cue(0s, 2s, "好")}, context) == Told{{Kind::sound_unlabelled, Severity::warning}});
  context.sound = Spans{{0s, 2s}, {3s, 13s}};
  CHECK(told({cue(0s, 2s, "好")}, context).empty());
  context.sound = Spans{{0s, 2s}, {3s, 20s}};
  context.use = TrackUse::subtitle;
  CHECK(told({cue(0s, 2s, "好")}, context).empty());
}

TEST_CASE("C15: labels in brackets of any width, notes, and whole lines in parentheses") {
  const auto long_track = [](std::string text) {
    return told({cue(0s, 3s, std::move(text)), cue(190s, 193s, "再见")}, {.language = "zh-Hans"});
  };
  CHECK(long_track("大家好") == Told{{Kind::no_sound_label, Severity::warning}});
  for (const auto* text : {"［掌声］", "[掌声]大家好", "【掌声】", "（掌声）", "♪ 歌声 ♪"}) {
    CHECK(long_track(text).empty());
  }
  CHECK(long_track("大家（都）好") == Told{{Kind::no_sound_label, Severity::warning}});
  CaptionContext known{.language = "en"};
  known.media_duration = 180s;
  CHECK(told({cue(0s, 3s, "Hello")}, known).empty());
  known.media_duration = 180'001ms;
  CHECK(told({cue(0s, 3s, "Hello")}, known) == Told{{Kind::no_sound_label, Severity::warning}});
}

TEST_CASE("C16: other speakers") {
  const Told unmarked{{Kind::speaker_unmarked, Severity::warning}};
  CHECK(told_of("甲：你好\n乙：你好") == unmarked);
  CHECK(told_of("甲：你好\n甲：再见").empty());
  CHECK(told_of("你好\n>> 你也好") == unmarked);
  CHECK(told_of("-Hello!\n-Hi!", {.language = "en"}).empty());
  CHECK(told_of("Hello! -Hi!", {.language = "en"}).empty());
  CHECK(told_of("Hello!-Hi!", {.language = "en"}) == unmarked);
  CHECK(told_of("<v 甲>你好</v>\n<v 乙>－你好</v>").empty());
  CHECK(told_of("－你们先看\n这一步怎么做").empty());
  CHECK(told_of("他说：走吧\n我们就走了").empty());
}

TEST_CASE("C24: both parts must be short, and the shorter one over twelve frames") {
  const auto cut = [](Milliseconds start, Milliseconds end) {
    CaptionContext context{.language = "zh-Hans"};
    context.shot_changes = std::vector<Milliseconds>{20s, 10s};
    return told({cue(start, end, "好")}, context);
  };
  CHECK(cut(9'001ms, 10'999ms) == Told{{Kind::across_cut, Severity::info}});
  CHECK(cut(9s, 10'900ms).empty());
  CHECK(cut(9'100ms, 11s).empty());
  CHECK(cut(9'519ms, 10'900ms) == Told{{Kind::across_cut, Severity::info}});
  CHECK(cut(9'520ms, 10'900ms).empty());
  CHECK(cut(10s, 10'900ms).empty());
}

TEST_CASE("C30: by thirds of the picture, lines and regions") {
  CaptionContext context{.language = "zh-Hans"};
  const auto covers = [&](PictureArea area, auto change) {
    context.burned_in = std::vector<BurnedInText>{{{5s, 8s}, area}};
    Track track;
    track.regions = {{.id = "up", .viewport_y = 10}};
    track.cues = {cue(4s, 6s, "好")};
    change(track.cues.front());
    return !check_captions(track, context).findings.empty();
  };
  const auto at = [](double line, LineUnit unit) {
    return [=](Cue& c) { c.settings.line = line, c.settings.line_unit = unit; };
  };
  CHECK(covers(PictureArea::bottom, [](Cue&) {}));
  CHECK_FALSE(covers(PictureArea::top, [](Cue&) {}));
  CHECK(covers(PictureArea::top, at(0, LineUnit::lines)));
  CHECK(covers(PictureArea::bottom, at(-1, LineUnit::lines)));
  CHECK(covers(PictureArea::middle, at(50, LineUnit::percent)));
  CHECK_FALSE(covers(PictureArea::bottom, at(10, LineUnit::percent)));
  CHECK(covers(PictureArea::top, [](Cue& c) { c.settings.region = "up"; }));
  CHECK_FALSE(covers(PictureArea::bottom, [](Cue& c) { c.end = 5s; }));
}

}  // namespace
