// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/readiness/readiness.hpp"

#include "accessibility/readiness/gate.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace {

using namespace tongxing::accessibility;

AccessFacts good() {
  return {.media = MediaState::ready,
          .has_picture = true,
          .has_sound = true,
          .captions = TextTrackFacts{.cues = 10},
          .easy_read = TextTrackFacts{.cues = 10},
          .description = DescriptionFacts{.as_sound = true, .as_text = true},
          .has_audio_only = true,
          .least_bandwidth = 150'000};
}

/// Picks the next of `values` for every step of a counter in mixed radix.
template <typename Value, std::size_t N>
Value pick(std::size_t& counter, const std::array<Value, N>& values) {
  const Value value = values[counter % N];
  counter /= N;
  return value;
}

constexpr std::size_t kCombinations = 3UL * 4 * 3 * 5 * 2 * 2 * 3 * 2 * 2;

/// All that can be said of the picture and the sound of a lesson that is ready.
AccessFacts combination(std::size_t n) {
  AccessFacts facts{.media = MediaState::ready};
  const auto form = pick(n, std::array{0, 1, 2});
  facts.has_picture = form != 1;
  facts.has_sound = form != 2;
  const auto captions = pick(n, std::array{0, 1, 2, 3});
  if (captions > 0) facts.captions = TextTrackFacts{.cues = 3, .errors = captions == 2 ? 1 : 0};
  if (captions == 3) facts.captions->speech_covered = 40;
  const auto sign = pick(n, std::array{0, 1, 2});
  if (sign > 0) facts.sign = SignQuality{sign == 2 ? 1 : 0, 0, Consent::confirmed};
  const auto description = pick(n, std::array{0, 1, 2, 3, 4});
  if (description > 0) {
    facts.description = DescriptionFacts{description != 2, description != 3, description == 4 ? 1 : 0};
  }
  facts.nothing_unspoken = pick(n, std::array{false, true});
  if (pick(n, std::array{false, true})) facts.subtitles = TextTrackFacts{.cues = 3};
  facts.contrast = pick(n, std::array{Contrast::unknown, Contrast::good, Contrast::poor});
  if (pick(n, std::array{false, true})) facts.speech_over_background_db = 5;
  facts.has_own_transcript = pick(n, std::array{false, true});
  return facts;
}

}  // namespace

TEST_CASE("A lesson with everything can be taken by all") {
  for (const auto& row : readiness_of(good())) {
    INFO(name_of(row.need));
    CHECK(row.answer == Answer::yes);
  }
}

TEST_CASE("Who has more senses is never worse off, and nothing answers without a reason") {
  for (std::size_t n = 0; n < kCombinations; ++n) {
    const auto facts = combination(n);
    const auto answer = [&](Need need) { return readiness_for(need, facts).answer; };
    INFO("combination " << n);
    REQUIRE(answer(Need::low_vision) <= answer(Need::cannot_see));
    REQUIRE(answer(Need::hard_of_hearing) <= answer(Need::cannot_hear));
    for (const auto& row : readiness_of(facts)) {
      REQUIRE_FALSE(row.reasons.empty());
      const auto lacking = [](const Reason& reason) { return tone_of(reason.why) == Tone::lacking; };
      if (row.answer != Answer::yes) REQUIRE(std::ranges::any_of(row.reasons, lacking));
    }
  }
}

TEST_CASE("What passes the gate is closed to nobody who can not see or hear") {
  std::size_t passed = 0;
  for (std::size_t n = 0; n < kCombinations; ++n) {
    const auto facts = combination(n);
    if (!faults_of(facts, GateFor::publication).empty()) continue;
    ++passed;
    INFO("combination " << n);
    for (const auto need : {Need::cannot_see, Need::low_vision}) {
      REQUIRE(readiness_for(need, facts).answer != Answer::no);
    }
    // A sound lesson may have a transcript of its own instead of captions.
    const bool text_beside = !facts.has_picture && !facts.captions;
    for (const auto need : {Need::cannot_hear, Need::hard_of_hearing}) {
      if (!text_beside) REQUIRE(readiness_for(need, facts).answer != Answer::no);
    }
    if (text_beside) REQUIRE(readiness_for(Need::cannot_see_or_hear, facts).answer != Answer::no);
  }
  CHECK(passed > 100);
}

TEST_CASE("C28: what a machine wrote and nobody has read is not published, but may be reviewed") {
  auto lesson = good();
  lesson.unreviewed_tracks = 1;
  CHECK(faults_of(lesson, GateFor::publication) == std::vector{Fault::captions_unreviewed});
  CHECK(faults_of(lesson, GateFor::submission).empty());
  lesson.captions->unreviewed = true;
  const auto row = readiness_for(Need::cannot_hear, lesson);
  CHECK(row.answer == Answer::with_difficulty);
  CHECK(std::ranges::find(row.reasons, Why::captions_unreviewed, &Reason::why) != row.reasons.end());
  CHECK(place_of(Why::captions_unreviewed) == Place::captions);
}

TEST_CASE("S8: the author states the signer's consent, a reviewer confirms it before it is published") {
  auto lesson = good();
  lesson.sign = SignQuality{};
  for (const auto gate : {GateFor::submission, GateFor::publication}) {
    CHECK(faults_of(lesson, gate) == std::vector{Fault::sign_consent_missing});
  }
  lesson.sign->consent = Consent::stated;
  CHECK(faults_of(lesson, GateFor::submission).empty());
  CHECK(faults_of(lesson, GateFor::publication) == std::vector{Fault::sign_consent_unseen});
  lesson.sign->consent = Consent::confirmed;
  CHECK(faults_of(lesson, GateFor::publication).empty());
}

TEST_CASE("The gate asks for captions, text, and a decision on the picture") {
  const auto publication = [](const AccessFacts& facts) { return faults_of(facts, GateFor::publication); };
  using Faults = std::vector<Fault>;
  CHECK(publication(good()).empty());
  auto lesson = good();
  lesson.captions.reset();
  CHECK(publication(lesson) == Faults{Fault::captions_missing});
  lesson.has_picture = false;
  CHECK(publication(lesson) == Faults{Fault::transcript_missing});
  lesson.has_own_transcript = true;
  CHECK(publication(lesson).empty());
  lesson = good();
  lesson.captions->errors = 1;
  CHECK(publication(lesson) == Faults{Fault::captions_below_rule});
  lesson.captions = TextTrackFacts{.cues = 1, .speech_covered = 89};
  CHECK(publication(lesson) == Faults{Fault::captions_below_rule});
  lesson.captions->speech_covered = 90;
  CHECK(publication(lesson).empty());
  lesson = good();
  lesson.description.reset();
  CHECK(publication(lesson) == Faults{Fault::description_undecided});
  CHECK(faults_of(lesson, GateFor::submission).empty());
  lesson.nothing_unspoken = true;
  CHECK(publication(lesson).empty());
  lesson.has_sound = false;
  CHECK(publication(lesson) == Faults{Fault::silent_undescribed});
  CHECK(faults_of(lesson, GateFor::submission) == Faults{Fault::silent_undescribed});
  lesson = good();
  lesson.description->errors = 1;
  lesson.sign = SignQuality{1, 0};
  lesson.flashes = Flashes::harmful;
  CHECK(publication(lesson) == Faults{Fault::description_below_rule, Fault::sign_below_rule,
                                      Fault::sign_consent_missing, Fault::harmful_flashes});
  lesson.media = MediaState::in_work;
  CHECK(publication(lesson).empty());
  CHECK(publication({.form = LessonForm::text}).empty());
  CHECK(publication({.form = LessonForm::practice}).empty());
}

TEST_CASE("A course is as good as its worst lesson") {
  auto worse = good();
  worse.captions->errors = 2;
  const std::vector<AccessFacts> lessons{good(), worse, AccessFacts{}};
  const auto two = readiness_of_course(std::span(lessons).first(2));
  REQUIRE(two.size() == kNeedCount);
  CHECK(two[0].answer == Answer::yes);
  CHECK(two[2].need == Need::cannot_hear);
  CHECK(two[2].answer == Answer::with_difficulty);
  CHECK(two[2].yes == 1);
  CHECK(two[2].with_difficulty == 1);
  const auto three = readiness_of_course(lessons);
  CHECK(three[2].answer == Answer::no);
  CHECK(three[2].no == 1);
  for (const auto& row : readiness_of_course({})) CHECK(row.answer == Answer::no);
}

TEST_CASE("Names are unique") {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < kWhyCount; ++i) names.push_back(name_of(static_cast<Why>(i)));
  std::ranges::sort(names);
  CHECK(std::ranges::adjacent_find(names) == names.end());
  CHECK(name_of(Why::in_person) == "in_person");
  CHECK(name_of(Need::weak_network) == "weak_network");
  CHECK(name_of(Place::easy_read) == "easy_read");
  CHECK(name_of(Fault::harmful_flashes) == "harmful_flashes");
}
