// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/caption_quality/checks.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/accessibility/caption_quality/quality_fixture.hpp"

#include <string>
#include <vector>

namespace {

using namespace tongxing::accessibility;
using namespace tongxing::tests;
using namespace std::chrono_literals;
using Kind = FindingKind;

Told check(std::vector<Cue> cues, std::string_view language = "zh-Hans", TrackUse use = TrackUse::sdh,
           Milliseconds media = 0s) {
  CaptionContext context{.language = std::string(language), .use = use};
  if (media > 0s) context.media_duration = media;
  return told(std::move(cues), context);
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
  CHECK(speed(2s, "zh-Hans", TrackUse::sdh).empty());
  CHECK(speed(1999ms, "zh-Hans", TrackUse::sdh) == Told{{Kind::too_fast, Severity::warning}});
  CHECK(speed(1272ms, "zh-Hans", TrackUse::sdh) == Told{{Kind::too_fast, Severity::error}});
  CHECK(speed(3500ms, "zh-Hans", TrackUse::easy_read).empty());
  CHECK(speed(3499ms, "zh-Hans", TrackUse::easy_read) == Told{{Kind::too_fast_easy, Severity::warning}});
  CHECK(speed(2799ms, "zh-Hans", TrackUse::easy_read) == Told{{Kind::too_fast_easy, Severity::error}});
  CHECK(speed(3400ms, "en", TrackUse::easy_read).empty());
  CHECK(speed(3399ms, "en", TrackUse::easy_read) == Told{{Kind::too_fast_easy, Severity::warning}});
  CHECK(speed(2833ms, "en", TrackUse::easy_read) == Told{{Kind::too_fast_easy, Severity::error}});
  CHECK(speed(2s, "en", TrackUse::sdh).empty());
  CHECK(speed(1999ms, "en", TrackUse::sdh) == Told{{Kind::too_fast, Severity::warning}});
  CHECK(speed(1699ms, "en", TrackUse::sdh) == Told{{Kind::too_fast, Severity::error}});
}

TEST_CASE("C5 C6: shortest and longest cue") {
  CHECK(check({cue(0s, 833ms, "好")}).empty());
  CHECK(check({cue(0s, 832ms, "好")}) == Told{{Kind::too_short, Severity::warning}});
  CHECK(check({cue(0s, 499ms, "好")}) == Told{{Kind::too_short, Severity::error}});
  CHECK(check({cue(0s, 7s, "好")}).empty());
  CHECK(check({cue(0s, 7001ms, "好")}) == Told{{Kind::too_long, Severity::warning}});
  CHECK(check({cue(0s, 10'001ms, "好")}) == Told{{Kind::too_long, Severity::error}});
}

TEST_CASE("C7 C8: gaps between cues") {
  const auto gap = [](Milliseconds length) { return check({cue(0s, 2s, "好"), cue(2s + length, 5s, "好")}); };
  CHECK(gap(0ms).empty());
  CHECK(gap(1ms) == Told{{Kind::gap_tiny, Severity::error}});
  CHECK(gap(82ms) == Told{{Kind::gap_tiny, Severity::error}});
  CHECK(gap(83ms).empty());
  CHECK(gap(124ms).empty());
  CHECK(gap(125ms) == Told{{Kind::gap_small, Severity::warning}});
  CHECK(gap(460ms) == Told{{Kind::gap_small, Severity::warning}});
  CHECK(gap(461ms).empty());
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
  CHECK(check({cue(5s, 10'100ms, "好")}, "zh-Hans", TrackUse::sdh, 10s).empty());
  CHECK(check({cue(5s, 10'101ms, "好")}, "zh-Hans", TrackUse::sdh, 10s) ==
        Told{{Kind::after_media_end, Severity::error}});
}

TEST_CASE("Findings carry value and limit, and have names and rules") {
  Track track;
  track.cues = {cue(0s, 5s, repeated("好", 17) + "a")};
  const auto findings = check_captions(track, {.language = "zh-Hans"}).findings;
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].value == 18);  // 17.5, rounded up
  CHECK(findings[0].limit == 16);
  CHECK(findings[0].line == 7);
  CHECK(findings[0].cue == 1);
  CHECK_FALSE(has_errors(findings));
  CHECK(name_of(Kind::after_media_end) == "after_media_end");
  CHECK(rule_of(Kind::line_too_long) == "C1");
  CHECK(rule_of(Kind::unknown_tag) == "C27");
  CHECK(name_of(Severity::error) == "error");
}

}  // namespace
