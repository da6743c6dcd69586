// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/caption_quality/rules.hpp"

#include "accessibility/caption_quality/checks.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <set>

namespace {

using namespace tongxing::accessibility;
using Kind = FindingKind;

TEST_CASE("C1 to C30 are all in the table, in order, each with its source") {
  REQUIRE(caption_rules().size() == 30);
  for (std::size_t i = 0; i < caption_rules().size(); ++i) {
    const auto& rule = caption_rules()[i];
    CHECK(rule.id == "C" + std::to_string(i + 1));
    CHECK_FALSE(rule.measures.empty());
    CHECK_FALSE(rule.source.empty());
    CHECK(find_rule(rule.id) == &rule);
  }
  CHECK(find_rule("C31") == nullptr);
}

TEST_CASE("Every rule has limits, but for those of the readers") {
  std::set<std::string_view> with_limits;
  for (const auto& row : caption_limits()) {
    CHECK((row.info || row.warn || row.error));
    CHECK(find_rule(rule_of(row.kind)) != nullptr);
    with_limits.insert(rule_of(row.kind));
  }
  for (const auto& rule : caption_rules()) {
    const bool of_reader = rule.id == "C25" || rule.id == "C26" || rule.id == "C27";
    CHECK(with_limits.contains(rule.id) != of_reader);
  }
}

TEST_CASE("No two rows speak of the same kind, language and use") {
  const auto rows = caption_limits();
  for (auto a = rows.begin(); a != rows.end(); ++a) {
    for (auto b = std::next(a); b != rows.end(); ++b) {
      CHECK_FALSE((a->kind == b->kind && (a->groups & b->groups) != 0 && (a->uses & b->uses) != 0));
    }
  }
}

TEST_CASE("Automatic repairs are those of the rules") {
  std::set<std::string_view> automatic;
  for (const auto& rule : caption_rules()) {
    if (rule.repair == Repair::automatic) automatic.insert(rule.id);
  }
  CHECK(automatic == std::set<std::string_view>{"C7", "C8", "C17", "C18", "C19", "C30"});
}

TEST_CASE("Limits differ by language and use") {
  const auto* chinese = limits_for(Kind::line_too_long, LanguageGroup::chinese, TrackUse::sdh);
  const auto* english = limits_for(Kind::line_too_long, LanguageGroup::english, TrackUse::sdh);
  REQUIRE(chinese != nullptr);
  REQUIRE(english != nullptr);
  CHECK(chinese->warn == 16);
  CHECK(chinese->error == 20);
  CHECK(english->warn == 42);
  CHECK(english->error == 50);
  CHECK(limits_for(Kind::too_fast, LanguageGroup::chinese, TrackUse::easy_read) == nullptr);
  CHECK(limits_for(Kind::too_fast_easy, LanguageGroup::chinese, TrackUse::easy_read)->error == 50);
  CHECK(limits_for(Kind::ascii_punctuation, LanguageGroup::english, TrackUse::sdh) == nullptr);
  CHECK(limits_for(Kind::no_sound_label, LanguageGroup::chinese, TrackUse::subtitle) == nullptr);
}

TEST_CASE("Languages fall into groups") {
  CHECK(group_of("zh-Hans") == LanguageGroup::chinese);
  CHECK(group_of("yue-Hant-HK") == LanguageGroup::chinese);
  CHECK(group_of("ja") == LanguageGroup::wide);
  CHECK(group_of("en-GB") == LanguageGroup::english);
  CHECK(group_of("fr") == LanguageGroup::other);
  CHECK(group_of("") == LanguageGroup::other);
}

TEST_CASE("Values are told in their unit") {
  CHECK(value_text(Kind::too_fast, 71) == "7.1");
  CHECK(value_text(Kind::too_fast, 70) == "7");
  CHECK(value_text(Kind::speech_uncovered, 969) == "96.9");
  CHECK(value_text(Kind::gap_tiny, 82) == "82");
  CHECK(value_text(Kind::timing_malformed, 0) == "0");
  CHECK(name_of(unit_of(Kind::too_fast)) == "characters_per_second");
  CHECK(name_of(unit_of(Kind::timing_malformed)).empty());
}

TEST_CASE("What is not known is said, what does not concern is said too") {
  Track track;
  const auto report = check_captions(track, {.language = "zh"});
  std::vector<NotChecked> expected{{"C10", Input::media_duration},
                                   {"C11", Input::speech},
                                   {"C12", Input::speech},
                                   {"C13", Input::speech},
                                   {"C14", Input::speech_and_sound},
                                   {"C20", Input::script},
                                   {"C24", Input::shot_changes},
                                   {"C25", Input::file},
                                   {"C26", Input::file},
                                   {"C27", Input::file},
                                   {"C28", Input::origin},
                                   {"C30", Input::burned_in}};
  CHECK(report.not_checked == expected);
  CHECK(report.not_concerned == std::vector<std::string_view>{"C4", "C21", "C29"});
  CHECK(report.verdict == Verdict::ok);
  CaptionContext all{.language = "en", .use = TrackUse::subtitle};
  all.media_duration = Milliseconds{1000};
  all.speech.emplace();
  all.sound.emplace();
  all.shot_changes.emplace();
  all.burned_in.emplace();
  all.origin = CaptionOrigin::human;
  const auto known = check_captions(CaptionFile{}, all);
  CHECK(known.not_checked.empty());
  CHECK(known.not_concerned ==
        std::vector<std::string_view>{"C4", "C14", "C15", "C17", "C18", "C19", "C20", "C21", "C23", "C29"});
}

TEST_CASE("The verdict is the worst of what was found") {
  CaptionFile file;
  const CaptionContext context{.language = "zh-Hans"};
  file.findings = {{.kind = Kind::number_missing, .severity = Severity::info, .line = 1}};
  CHECK(check_captions(file, context).verdict == Verdict::ok);
  file.findings.push_back({.kind = Kind::second_bom, .severity = Severity::warning, .line = 1});
  CHECK(check_captions(file, context).verdict == Verdict::warnings);
  file.findings.push_back({.kind = Kind::text_lost, .severity = Severity::error, .line = 2});
  CHECK(check_captions(file, context).verdict == Verdict::errors);
  CHECK(name_of(Verdict::warnings) == "warnings");
}

}  // namespace
