// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/checks.hpp"

#include "tests/support/catch.hpp"

#include <string>
#include <vector>

namespace {

using namespace tongxing::accessibility;
using namespace std::chrono_literals;
using Kind = FindingKind;
using Told = std::vector<std::pair<Kind, Severity>>;

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

Cue cue(Milliseconds start, Milliseconds end, std::string text) {
  return {.id = {}, .start = start, .end = end, .text = std::move(text), .settings = {}, .line = 7};
}

Told check(std::vector<Cue> cues, std::string_view language = "zh-Hans", TrackUse use = TrackUse::standard,
           Milliseconds media = 0s) {
  Told told;
  Track track;
  track.cues = std::move(cues);
  for (const auto& finding : check_track(track, limits_for(language, use), media)) {
    CHECK(finding.line == 7);
    told.emplace_back(finding.kind, finding.severity);
  }
  return told;
}

/// A cue of five seconds: slow enough that only the line counts.
Told line(std::string text, std::string_view language) {
  return check({cue(0s, 5s, std::move(text))}, language);
}

TEST_CASE("C1: characters a line") {
  CHECK(line(repeated("好", 16), "zh-Hans").empty());
  CHECK(line(repeated("好", 17), "zh-Hant") == Told{{Kind::line_too_long, Severity::warning}});
  CHECK(line(repeated("好", 21), "zh-Hans") == Told{{Kind::line_too_long, Severity::error}});
  CHECK(line(repeated("a", 32), "zh-Hans").empty());
  CHECK(line("<b>" + repeated("好", 16) + "</b>", "zh-Hans").empty());
  CHECK(line(repeated("a", 42), "en").empty());
  CHECK(line(repeated("a", 43), "en") == Told{{Kind::line_too_long, Severity::warning}});
  CHECK(line(repeated("a", 51), "en") == Told{{Kind::line_too_long, Severity::error}});
}

TEST_CASE("C2: lines a cue") {
  CHECK(line("好\n好", "zh-Hans").empty());
  CHECK(line("好\n好\n好", "zh-Hans") == Told{{Kind::too_many_lines, Severity::error}});
  CHECK(line("a\nb\nc", "en") == Told{{Kind::too_many_lines, Severity::warning}});
  CHECK(line("a\nb\nc\nd", "en") == Told{{Kind::too_many_lines, Severity::error}});
}

TEST_CASE("C3 C4: reading speed") {
  const auto speed = [](Milliseconds duration, std::string_view language, TrackUse use) {
    const auto text = language == "en" ? repeated("a", 34) : repeated("好", 14);
    return check({cue(0s, duration, text)}, language, use);
  };
  CHECK(speed(2s, "zh-Hans", TrackUse::standard).empty());
  CHECK(speed(1999ms, "zh-Hans", TrackUse::standard) == Told{{Kind::too_fast, Severity::warning}});
  CHECK(speed(1272ms, "zh-Hans", TrackUse::standard) == Told{{Kind::too_fast, Severity::error}});
  CHECK(speed(3500ms, "zh-Hans", TrackUse::easy_read).empty());
  CHECK(speed(3499ms, "zh-Hans", TrackUse::easy_read) == Told{{Kind::too_fast, Severity::warning}});
  CHECK(speed(2799ms, "zh-Hans", TrackUse::easy_read) == Told{{Kind::too_fast, Severity::error}});
  CHECK(speed(2s, "en", TrackUse::standard).empty());
  CHECK(speed(1999ms, "en", TrackUse::standard) == Told{{Kind::too_fast, Severity::warning}});
  CHECK(speed(1699ms, "en", TrackUse::standard) == Told{{Kind::too_fast, Severity::error}});
}

TEST_CASE("C5 C6: shortest and longest cue") {
  CHECK(check({cue(0s, 833ms, "好")}).empty());
  CHECK(check({cue(0s, 832ms, "好")}) == Told{{Kind::too_short, Severity::warning}});
  CHECK(check({cue(0s, 499ms, "好")}) == Told{{Kind::too_short, Severity::error}});
  CHECK(check({cue(0s, 7s, "好")}).empty());
  CHECK(check({cue(0s, 7001ms, "好")}) == Told{{Kind::too_long, Severity::warning}});
  CHECK(check({cue(0s, 10'001ms, "好")}) == Told{{Kind::too_long, Severity::error}});
}

TEST_CASE("C7 C8: gaps between cues, and mending the tiny ones") {
  const auto gap = [](Milliseconds length) { return check({cue(0s, 2s, "好"), cue(2s + length, 5s, "好")}); };
  CHECK(gap(0ms).empty());
  CHECK(gap(1ms) == Told{{Kind::gap_tiny, Severity::info}});
  CHECK(gap(82ms) == Told{{Kind::gap_tiny, Severity::info}});
  CHECK(gap(83ms).empty());
  CHECK(gap(124ms).empty());
  CHECK(gap(125ms) == Told{{Kind::gap_small, Severity::warning}});
  CHECK(gap(460ms) == Told{{Kind::gap_small, Severity::warning}});
  CHECK(gap(461ms).empty());
  Track track;
  track.cues = {cue(0s, 2s, "a"), cue(2050ms, 3s, "b"), cue(3083ms, 4s, "c")};
  CHECK(close_small_gaps(track, limits_for("zh-Hans", TrackUse::standard)) == 1);
  CHECK(track.cues[0].end == 2050ms);
  CHECK(track.cues[1].end == 3s);
}

TEST_CASE("C9: overlap is an error unless two speakers or two places are meant") {
  CHECK(check({cue(0s, 3s, "好"), cue(2s, 5s, "好")}) == Told{{Kind::overlap, Severity::error}});
  CHECK(check({cue(0s, 3s, "<v A>好"), cue(2s, 5s, "<v B>好")}).empty());
  CHECK(check({cue(0s, 3s, "<v A>好"), cue(2s, 5s, "<v A>好")}) == Told{{Kind::overlap, Severity::error}});
  auto top = cue(2s, 5s, "好");
  top.settings.line = 0;
  CHECK(check({cue(0s, 3s, "好"), top}).empty());
}

TEST_CASE("C10: times that can not be shown") {
  CHECK(check({cue(2s, 2s, "好")}) == Told{{Kind::end_not_after_start, Severity::error}});
  CHECK(check({cue(3s, 2s, "好")}) == Told{{Kind::end_not_after_start, Severity::error}});
  CHECK(check({cue(5s, 6s, "好"), cue(1s, 2s, "好")}) == Told{{Kind::out_of_order, Severity::error}});
  CHECK(check({cue(5s, 10'100ms, "好")}, "zh-Hans", TrackUse::standard, 10s).empty());
  CHECK(check({cue(5s, 10'101ms, "好")}, "zh-Hans", TrackUse::standard, 10s) ==
        Told{{Kind::after_media_end, Severity::error}});
}

TEST_CASE("Findings carry value and limit, and have names and rules") {
  Track track;
  track.cues = {cue(0s, 5s, repeated("好", 17) + "a")};
  const auto findings = check_track(track, limits_for("zh-Hans", TrackUse::standard), 0s);
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].value == 35);
  CHECK(findings[0].limit == 32);
  CHECK_FALSE(has_errors(findings));
  CHECK(name_of(Kind::after_media_end) == "after_media_end");
  CHECK(rule_of(Kind::line_too_long) == "C1");
  CHECK(rule_of(Kind::unknown_tag) == "C27");
  CHECK(name_of(Severity::error) == "error");
}

}  // namespace
