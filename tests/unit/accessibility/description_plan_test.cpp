// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/description/description_plan.hpp"

#include "tests/support/catch.hpp"

#include <string>
#include <utility>

using namespace tongxing::accessibility;

namespace {

using ms = Milliseconds;

/// Captions of the given times; a text that ends a sentence.
Track captions(std::vector<std::pair<int, int>> times) {
  Track track;
  for (const auto& [start, end] : times) {
    Cue cue;
    cue.start = ms(start);
    cue.end = ms(end);
    cue.text = "说完了。";
    track.cues.push_back(cue);
  }
  return track;
}

std::string han(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += "字";
  return text;
}

Description describe(std::string text, int start, int end) {
  Description one;
  one.id = "d" + std::to_string(start);
  one.text = std::move(text);
  one.wish = {ms(start), ms(end)};
  return one;
}

/// The real 64-second lesson of the rules: speech from 11.13 s to 28.15 s and from 30.65 s to the end.
PlanInput lesson() {
  PlanInput input;
  input.captions = captions({{11'130, 20'000}, {20'100, 28'150}, {30'650, 45'000}, {45'200, 64'300}});
  input.duration = ms(64'300);
  input.rate = speaking_rate_for("cmn");
  return input;
}

}  // namespace

TEST_CASE("the worked example: two gaps, that hold 38 and 5 characters") {
  const DescriptionPlan plan = plan_descriptions(lesson());
  REQUIRE(plan.gaps.size() == 2);
  CHECK(plan.gaps[0].span == Span{ms(0), ms(10'980)});
  CHECK(plan.gaps[1].span == Span{ms(28'300), ms(30'500)});
  CHECK(plan.gaps[0].usable == ms(10'380));
  CHECK(plan.gaps[1].usable == ms(1'600));
  CHECK(plan.budgets == std::vector<std::int64_t>{38, 5});
}

TEST_CASE("what fits is standard, up to an eighth more is sped up, the rest is extended") {
  // 10.38 s are usable: 38 characters need 10.364 s; 42 need 11.455 s, at most 11.6256 s may be squeezed in;
  // 43 need 11.728 s.
  const auto mode_of = [](std::size_t characters) {
    PlanInput input = lesson();
    input.descriptions = {describe(han(characters), 0, 10'000)};
    return plan_descriptions(input).descriptions.at(0);
  };
  CHECK(mode_of(38).mode == DescriptionMode::standard);
  CHECK(mode_of(38).at == ms(300));
  CHECK(mode_of(38).end == ms(300 + 10'364));
  CHECK(mode_of(38).rate == 220);
  const PlannedDescription fast = mode_of(42);
  CHECK(fast.mode == DescriptionMode::standard_fast);
  CHECK(fast.end - fast.at == ms(10'380));
  CHECK(fast.rate == 243);  // 42 ÷ 10.38 × 60 = 242.8
  CHECK(fast.speed_permille == 1'104);
  const PlannedDescription extended = mode_of(43);
  CHECK(extended.mode == DescriptionMode::extended);
  CHECK(extended.reason == FitReason::too_long_for_gap);
  CHECK(extended.at == ms(0));
  CHECK(extended.end == extended.at);
}

TEST_CASE("a clip that would have to be spoken faster than 250 a minute is extended") {
  PlanInput input = lesson();
  input.descriptions = {describe(han(44), 0, 10'000)};
  input.clips = {{Clip::State::made, ms(11'000)}};  // 240 a minute; in 10.38 s it would be 254
  const PlannedDescription one = plan_descriptions(input).descriptions.at(0);
  CHECK(one.mode == DescriptionMode::extended);
  CHECK(one.reason == FitReason::rate_too_high);
  CHECK(one.need == ms(11'000));
}

TEST_CASE("descriptions of one gap share it, in order, near their wishes") {
  PlanInput input = lesson();
  input.descriptions = {describe(han(11), 1'000, 2'000), describe(han(11), 2'000, 3'000),
                        describe(han(11), 10'000, 10'500)};  // 3 s each: 9 s and two breaks in 10.38 s
  const DescriptionPlan plan = plan_descriptions(input);
  REQUIRE(plan.descriptions.size() == 3);
  CHECK(plan.descriptions[2].end == ms(10'680));  // pushed forward to where the ramp out begins
  CHECK(plan.descriptions[2].at == ms(7'680));
  CHECK(plan.descriptions[0].at == ms(1'000));
  CHECK(plan.descriptions[1].at == ms(4'250));
  for (const PlannedDescription& one : plan.descriptions) CHECK(one.mode == DescriptionMode::standard);
}

TEST_CASE("the lesson pauses in the silence around, else at the next end of a sentence") {
  PlanInput input = lesson();
  input.descriptions = {describe(han(30), 14'000, 15'000), describe(han(30), 28'400, 29'000)};
  const DescriptionPlan plan = plan_descriptions(input);
  CHECK(plan.descriptions.at(0).at == ms(20'000));  // the first caption's end
  CHECK(plan.descriptions.at(0).reason == FitReason::no_gap_near);
  CHECK(plan.descriptions.at(1).at == ms(28'300));  // the silence's start
}

TEST_CASE("a silence below 0.4 s is no place to pause in") {
  PlanInput input = lesson();
  // 300 ms of margin leave 0.39 s of 690 ms, 0.4 s of 700 ms.
  input.descriptions = {describe(han(60), 5'300, 5'400)};
  input.captions = captions({{0, 5'000}, {5'690, 9'000}});
  CHECK(plan_descriptions(input).descriptions.at(0).at == ms(9'000));
  input.captions = captions({{0, 5'000}, {5'700, 9'000}});
  CHECK(plan_descriptions(input).descriptions.at(0).at == ms(5'150));
}

TEST_CASE("a long silence is paused where its author wished") {
  PlanInput input;
  input.duration = ms(60'000);
  input.rate = speaking_rate_for("cmn");
  input.descriptions = {describe(han(300), 45'000, 50'000)};
  CHECK(plan_descriptions(input).descriptions.at(0).at == ms(45'000));
}

TEST_CASE("without a voice it is text only, and takes no room") {
  PlanInput input = lesson();
  input.descriptions = {describe(han(30), 500, 800), describe(han(30), 600, 900)};
  input.clips = {{Clip::State::failed, ms(0)}, {Clip::State::made, ms(9'000)}};
  const DescriptionPlan plan = plan_descriptions(input);
  CHECK(plan.descriptions.at(0).mode == DescriptionMode::text_only);
  CHECK(plan.descriptions.at(0).at == ms(500));
  CHECK(plan.descriptions.at(1).mode == DescriptionMode::standard);
}

TEST_CASE("speech that was heard closes a gap that the captions leave open") {
  PlanInput input = lesson();
  input.detected = {{ms(4'000), ms(6'000)}};
  const DescriptionPlan plan = plan_descriptions(input);
  REQUIRE(plan.gaps.size() == 3);
  CHECK(plan.gaps[0].span == Span{ms(0), ms(3'850)});
  CHECK(plan.gaps[1].span == Span{ms(6'150), ms(10'980)});
}

TEST_CASE("each language has its own rate and unit") {
  CHECK(speaking_rate_for("cmn").target == 220);
  CHECK(speaking_rate_for("zh-Hans").error == 270);
  CHECK(speaking_rate_for("yue").error == 250);
  CHECK(speaking_rate_for("en-US").unit == RateUnit::words);
  CHECK(spoken_units("银行{yin2 hang2}开门了。", RateUnit::characters) == 5);
  CHECK(spoken_units("Two people stand on a small bridge.", RateUnit::words) == 7);
  CHECK(spoken_length(220, 220) == ms(60'000));
  CHECK(spoken_length(1, 220) == ms(273));  // 272.7
  CHECK(without_readings("银行{yin2 hang2}开{门") == "银行开{门");
}

TEST_CASE("nothing at all makes an empty plan") {
  const DescriptionPlan plan = plan_descriptions({});
  CHECK(plan.gaps.empty());
  CHECK(plan.descriptions.empty());
}

TEST_CASE("a script names every description and refuses one of 10,000 characters with its line") {
  const auto script = read_description_script(
      "WEBVTT\n\nintro\n00:05.000 --> 00:07.000\n第二\n句。\n\n00:01.000 --> 00:02.000\n<v "
      "旁白>第一句。</v>\n");
  REQUIRE(script);
  REQUIRE(script->descriptions.size() == 2);
  CHECK(script->descriptions[0].id == "ad-0001");
  CHECK(script->descriptions[0].text == "第一句。");
  CHECK(script->descriptions[1].id == "intro");
  CHECK(script->descriptions[1].text == "第二 句。");
  const auto refused = read_description_script("WEBVTT\n\n00:01.000 --> 00:02.000\n" + han(10'000) + "\n");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == CaptionErrorKind::cue_too_long);
  CHECK((refused.error().line == 3 || refused.error().line == 4));
}
