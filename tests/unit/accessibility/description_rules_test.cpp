// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/description/description_rules.hpp"

#include "tests/support/catch.hpp"

#include <algorithm>

using namespace tongxing::accessibility;
using ms = Milliseconds;
using Kind = DescriptionFindingKind;

namespace {

/// One description in a lesson of a minute without any speech but from 40 s to 60 s.
PlanInput one(std::string text, Clip clip, std::string_view language = "cmn") {
  PlanInput input;
  input.duration = ms(60'000);
  input.rate = speaking_rate_for(language);
  input.detected = {{ms(40'000), ms(60'000)}};
  Description description;
  description.id = "a";
  description.text = std::move(text);
  description.wish = {ms(18'000), ms(19'000)};
  description.line = 7;
  input.descriptions = {description};
  input.clips = {clip};
  return input;
}

std::vector<DescriptionFinding> findings(const PlanInput& input) {
  return check_plan(input, plan_descriptions(input));
}

const DescriptionFinding* find(const std::vector<DescriptionFinding>& all, Kind kind) {
  const auto it = std::ranges::find(all, kind, &DescriptionFinding::kind);
  return it == all.end() ? nullptr : &*it;
}

Clip made(int length) {
  return {Clip::State::made, ms(length)};
}

constexpr const char* kTen = "他把面粉倒进大碗里面。";  // ten characters

}  // namespace

TEST_CASE("A1–A3: rates of each language, warned of and refused") {
  CHECK(find(findings(one(kTen, made(2'400))), Kind::too_fast) == nullptr);  // 250 a minute
  const auto warned = findings(one(kTen, made(2'300)));                      // 260.9
  REQUIRE(find(warned, Kind::too_fast) != nullptr);
  CHECK(find(warned, Kind::too_fast)->severity == Severity::warning);
  CHECK(find(warned, Kind::too_fast)->value == 261);
  CHECK(find(warned, Kind::too_fast)->line == 7);
  CHECK(find(findings(one(kTen, made(2'200))), Kind::too_fast)->severity == Severity::error);  // 272.7
  CHECK(find(findings(one(kTen, made(2'390), "yue")), Kind::too_fast)->severity == Severity::error);
  CHECK(find(findings(one(kTen, made(2'700), "yue")), Kind::too_fast) == nullptr);  // 222
  CHECK(find(findings(one("He puts the flour into a bowl.", made(2'400), "en")), Kind::too_fast) == nullptr);
  CHECK(find(findings(one("He puts the flour into a bowl.", made(2'200), "en")), Kind::too_fast)->limit ==
        180);
  CHECK(rule_of(Kind::too_fast, "cmn") == "A1");
  CHECK(rule_of(Kind::too_fast, "yue") == "A2");
  CHECK(rule_of(Kind::too_fast, "en") == "A3");
}

TEST_CASE("A4: a description over speech") {
  PlanInput input = one(kTen, made(3'000));
  DescriptionPlan plan = plan_descriptions(input);
  CHECK(find(check_plan(input, plan), Kind::covers_speech) == nullptr);
  plan.descriptions[0].at = ms(37'050);  // speech begins at 39.85 s with its margin: 200 ms
  plan.descriptions[0].end = ms(40'050);
  CHECK(find(check_plan(input, plan), Kind::covers_speech) == nullptr);
  plan.descriptions[0].end = ms(40'051);
  const auto found = check_plan(input, plan);
  REQUIRE(find(found, Kind::covers_speech) != nullptr);
  CHECK(find(found, Kind::covers_speech)->severity == Severity::error);
  CHECK(find(found, Kind::covers_speech)->value == 201);
}

TEST_CASE("A5: more than twenty seconds of which nobody knows what they show") {
  const auto found = findings(one(kTen, made(2'700)));  // 18.0–20.7 s; then silence until 39.85 s: 19.15 s
  CHECK(find(found, Kind::long_silence) == nullptr);
  PlanInput input = one(kTen, made(2'700));
  input.duration = ms(90'000);
  const auto longer = findings(input);
  REQUIRE(find(longer, Kind::long_silence) != nullptr);
  CHECK(find(longer, Kind::long_silence)->at == ms(60'150));
  CHECK(find(longer, Kind::long_silence)->value == 29'850);
}

TEST_CASE("A6, A7: judgements, film terms, half sentences") {
  CHECK(find(findings(one(kTen, made(2'700))), Kind::subjective_word) == nullptr);
  CHECK(find(findings(one("她很漂亮。", made(2'700))), Kind::subjective_word)->text == "漂亮");
  CHECK(find(findings(one("鏡頭轉向門口。", made(2'700))), Kind::film_term)->text == "鏡頭");
  CHECK(find(findings(one("A Beautiful house.", made(2'700))), Kind::subjective_word)->text == "beautiful");
  CHECK(find(findings(one("He beautifully cooks; the companion pans.", made(2'700))),
             Kind::subjective_word) == nullptr);
  CHECK(find(findings(one("小王", made(900))), Kind::no_sentence)->severity == Severity::info);
  CHECK(find(findings(one("他说：“好了。”", made(2'700))), Kind::no_sentence) == nullptr);
}

TEST_CASE("A8: one AAC frame of difference is none") {
  CHECK(check_length(480'000, 480'000 - 1'024).empty());
  CHECK(check_length(480'000, 480'000 + 1'025).front().severity == Severity::error);
  CHECK(check_length(480'000, 480'000 + 1'025).front().value == -1'025);
}

TEST_CASE("A9, A10: what only a person can say") {
  CHECK(find(check_decision({}), Kind::no_decision)->severity == Severity::error);
  CHECK(check_decision({false, "reviewer", false}).empty());
  CHECK(find(check_decision({true, "", false}), Kind::on_screen_text)->severity == Severity::warning);
  CHECK(check_decision({true, "", true}).empty());
}

TEST_CASE("a missing voice and a long move are told") {
  CHECK(find(findings(one(kTen, {Clip::State::failed, ms(0)})), Kind::no_voice) != nullptr);
  PlanInput input = one(kTen, made(38'000));
  CHECK(find(findings(input), Kind::moved)->value == -16'450);  // it must end 300 ms before 39.85 s
}
