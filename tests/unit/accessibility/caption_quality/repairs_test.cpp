// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/caption_quality/repairs.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/accessibility/caption_quality/quality_fixture.hpp"

#include <cstdint>
#include <map>

namespace {

using namespace tongxing::accessibility;
using namespace tongxing::tests;
using namespace std::chrono_literals;
using Kind = FindingKind;

const CaptionContext kHans{.language = "zh-Hans"};

/// Mends one cue of six seconds; a second time must change nothing.
std::string mended(std::string text, const CaptionContext& context = kHans) {
  Track track;
  track.cues = {cue(0s, 6s, std::move(text))};
  repair_captions(track, context);
  const auto after = track.cues.front().text;
  CHECK(repair_captions(track, context).empty());
  return after;
}

Track track_of(std::vector<Cue> cues) {
  Track track;
  track.cues = std::move(cues);
  return track;
}

TEST_CASE("C7: a tiny gap is closed, or opened where the places differ") {
  auto track =
      track_of({cue(0s, 2s, "好"), cue(2050ms, 4s, "好"), cue(4083ms, 6s, "好"), cue(6050ms, 8s, "好")});
  track.cues[3].settings.line = 0;
  const auto repairs = repair_captions(track, kHans);
  REQUIRE(repairs.size() == 2);
  CHECK(repairs[0] == CaptionRepair{Kind::gap_tiny, 1, 7, "00:00:02.000", "00:00:02.050"});
  CHECK(repairs[1] == CaptionRepair{Kind::gap_tiny, 3, 7, "00:00:06.000", "00:00:05.967"});
  CHECK(track.cues[0].end == 2050ms);
  CHECK(track.cues[1].end == 4s);
  CHECK(track.cues[2].end == 5967ms);
  CHECK(repair_captions(track, kHans).empty());
}

TEST_CASE("C7: a cue that is as long as it may be gives way") {
  auto track = track_of({cue(0s, 7s, "好"), cue(7050ms, 9s, "好")});
  REQUIRE(repair_captions(track, kHans).size() == 1);
  CHECK(track.cues[0].end == 6967ms);
}

TEST_CASE("C8: a small gap becomes two frames, unless the cue gets too long") {
  auto track = track_of({cue(0s, 2s, "好"), cue(2300ms, 4s, "好")});
  REQUIRE(repair_captions(track, kHans).size() == 1);
  CHECK(track.cues[0].end == 2217ms);
  auto full = track_of({cue(0s, 7s, "好"), cue(7300ms, 9s, "好")});
  CHECK(repair_captions(full, kHans).empty());
  CHECK(full.cues[0].end == 7s);
}

TEST_CASE("Times that are wrong in another way are left alone") {
  auto backwards = track_of({cue(3s, 2s, "好"), cue(2050ms, 4s, "好")});
  CHECK(repair_captions(backwards, kHans).empty());
  auto mixed = track_of({cue(1s, 2s, "好"), cue(2200ms, 4s, "好"), cue(2050ms, 3s, "好")});
  repair_captions(mixed, kHans);
  CHECK(mixed.cues[0].end == 2s);
}

TEST_CASE("C17 C18 C19: texts") {
  CHECK(mended("你好,世界") == "你好，世界");
  CHECK(mended("你好, 世界. 再见!") == "你好，世界。再见！");
  CHECK(mended("真的?!") == "真的？！");
  CHECK(mended("注意:8:30开门;别迟到") == "注意：8:30开门；别迟到");
  CHECK(mended("我想...") == "我想……");
  CHECK(mended("我想....") == "我想……");
  CHECK(mended("我想…") == "我想……");
  CHECK(mended("<i>你好</i>,<b>再见</b>") == "你好，<b>再见</b>");
  CHECK(mended("<i>你<b>好</b></i>") == "你<b>好</b>");
  CHECK(mended("<v 王老师>你好,\n再见.") == "<v 王老师>你好，\n再见。</v>");
  CHECK(mended("A &lt; B吗?") == "A &lt; B吗？");
  CHECK(mended("1.打开3.5版") == "1.打开3.5版");
  CHECK(mended("你好,世界", {.language = "en"}) == "你好,世界");
  CHECK(mended("<ruby>汉<rt>hàn,</rt></ruby>字,") == "<ruby>汉<rt>hàn,</rt></ruby>字，");
}

TEST_CASE("A repair never makes another finding") {
  // Sixteen and a half characters would be seventeen.
  const std::string full = repeated("好", 15) + ",a";
  CHECK(mended(full) == full);
  const std::string fits = repeated("好", 15) + ",";
  CHECK(mended(fits) == repeated("好", 15) + "，");
  // Seven characters a second, and not more.
  auto fast = track_of({cue(0s, 1s, "先洗手和面,a")});
  repair_captions(fast, kHans);
  CHECK(fast.cues[0].text == "先洗手和面，a");
  auto faster = track_of({cue(0s, 1s, "先洗手和面吧,a")});
  repair_captions(faster, kHans);
  CHECK(faster.cues[0].text == "先洗手和面吧,a");
}

TEST_CASE("A longer time makes room for a longer mark") {
  auto track = track_of({cue(0s, 1s, "先洗手和面吧,a"), cue(1080ms, 3s, "好")});
  CHECK(repair_captions(track, kHans).size() == 2);
  CHECK(track.cues[0].text == "先洗手和面吧，a");
  CHECK(track.cues[0].end == 1080ms);
  CHECK(repair_captions(track, kHans).empty());
}

TEST_CASE("What was mended is told with its cue, line and both texts") {
  auto track = track_of({cue(0s, 3s, "好"), cue(4s, 7s, "你好,世界...")});
  track.cues[1].line = 12;
  const auto repairs = repair_captions(track, kHans);
  REQUIRE(repairs.size() == 2);
  CHECK(repairs[0] == CaptionRepair{Kind::ascii_punctuation, 2, 12, "你好,世界……", "你好，世界……"});
  CHECK(repairs[1] == CaptionRepair{Kind::ellipsis_style, 2, 12, "你好,世界...", "你好,世界……"});
  CHECK(check_captions(track, kHans).findings.empty());
}

TEST_CASE("Random tracks: a repair makes nothing worse, and a second one nothing at all") {
  const std::vector<std::string_view> pieces{"好",   "学习", ",",    ".",  "...", "…",  "⋯",
                                             "。",   "，",   "?",    " ",  "a",   "12", "<i>",
                                             "</i>", "<b>",  "</b>", "\n", "［",  "］", "克"};
  const std::vector<std::int64_t> gaps{0, 1, 40, 82, 83, 124, 125, 300, 460, 461, 900, -50};
  std::uint32_t state = 2024;
  const auto next = [&](std::size_t below) {
    state = state * 1664525U + 1013904223U;
    return static_cast<std::size_t>(state >> 8U) % below;
  };
  for (int round = 0; round < 1500; ++round) {
    Track track;
    std::int64_t at = 0;
    for (std::size_t i = 0, cues = 1 + next(6); i < cues; ++i) {
      std::string text;
      for (std::size_t k = 0, count = 1 + next(14); k < count; ++k) text += pieces[next(pieces.size())];
      const auto length = static_cast<std::int64_t>(200 + next(9000));
      track.cues.push_back(cue(Milliseconds{at}, Milliseconds{at + length}, text));
      if (next(4) == 0) track.cues.back().settings.line = 0;
      at += length + gaps[next(gaps.size())];
    }
    CaptionContext context{.language = next(4) == 0 ? "en" : "zh-Hans"};
    context.use = static_cast<TrackUse>(next(3));
    std::map<std::pair<Kind, Severity>, std::size_t> before;
    for (const auto& finding : check_captions(track, context).findings)
      ++before[{finding.kind, finding.severity}];
    repair_captions(track, context);
    for (const auto& finding : check_captions(track, context).findings) {
      // An error may become a warning of its kind; nothing may become more.
      const auto better =
          finding.severity == Severity::warning ? before[{finding.kind, Severity::error}] : 0U;
      CHECK(before[{finding.kind, finding.severity}] + better > 0);
    }
    CHECK(repair_captions(track, context).empty());
  }
}

TEST_CASE("Times alone: the text stays") {
  auto track = track_of({cue(0s, 2s, "你好,世界"), cue(2050ms, 4s, "好")});
  CHECK(repair_times(track, kHans).size() == 1);
  CHECK(track.cues[0].text == "你好,世界");
  CHECK(track.cues[0].end == 2050ms);
}

/// A track of one cue each two seconds, with the given marks, mended; a second time must change nothing.
std::vector<std::optional<double>> lines_after(std::vector<Cue> cues, std::vector<BurnedInText> marks) {
  auto track = track_of(std::move(cues));
  track.notes.burned_in = std::move(marks);
  repair_captions(track, kHans);
  CHECK(repair_captions(track, kHans).empty());
  std::vector<std::optional<double>> lines;
  for (const auto& one : track.cues) lines.push_back(one.settings.line);
  return lines;
}

using Lines = std::vector<std::optional<double>>;
constexpr BurnedInText kBottom{{1s, 3s}, PictureArea::bottom};
constexpr BurnedInText kTop{{1s, 3s}, PictureArea::top};
constexpr BurnedInText kMiddle{{1s, 3s}, PictureArea::middle};

TEST_CASE("C30: a cue over writing in the picture is moved, others stay") {
  auto track = track_of({cue(0s, 2s, "好"), cue(4s, 6s, "好")});
  track.notes.burned_in = {kBottom};
  const auto repairs = repair_captions(track, kHans);
  REQUIRE(repairs.size() == 1);
  CHECK(repairs[0] == CaptionRepair{Kind::covers_burned_in, 1, 7, "", " line:0"});
  CHECK(lines_after({cue(0s, 2s, "好"), cue(4s, 6s, "好")}, {kBottom}) == Lines{0, std::nullopt});
  CHECK(lines_after({cue(0s, 2s, "好")}, {kTop}) == Lines{std::nullopt});
}

TEST_CASE("C30: it goes where nothing is written, and stays where everything is full") {
  CHECK(lines_after({cue(0s, 2s, "好")}, {kBottom, kTop}) == Lines{7});
  CHECK(lines_after({cue(0s, 2s, "好")}, {kBottom, kTop, kMiddle}) == Lines{std::nullopt});
  auto above = cue(0s, 2s, "好");
  above.settings.line = 0;
  CHECK(lines_after({above}, {kTop}) == Lines{std::nullopt});
}

TEST_CASE("C30: it does not meet a cue that it stood beside") {
  auto above = cue(0s, 2s, "她说");
  above.settings.line = 0;
  CHECK(lines_after({above, cue(0s, 2s, "他说")}, {kBottom}) == Lines{0, 7});
}

TEST_CASE("C30: a region gives way, writing from top to bottom stays") {
  auto in_region = cue(0s, 2s, "好");
  in_region.settings.region = "r";
  auto vertical = cue(0s, 2s, "好");
  vertical.settings.vertical = Vertical::rl;
  auto track = track_of({in_region, vertical});
  track.regions = {{.id = "r", .viewport_y = 90}};
  CaptionContext context = kHans;
  context.burned_in = {kBottom};
  REQUIRE(repair_captions(track, context).size() == 1);
  CHECK(track.cues[0].settings.region.empty());
  CHECK(track.cues[0].settings.line == 0);
  CHECK(track.cues[1].settings.vertical == Vertical::rl);
  CHECK_FALSE(track.cues[1].settings.line);
}

}  // namespace
