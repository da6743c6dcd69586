// SPDX-License-Identifier: GPL-3.0-or-later
#include "courses/review/pack.hpp"
#include "courses/review/version_state.hpp"
#include "tests/support/catch.hpp"

#include <set>
#include <utility>
#include <vector>

namespace {

using namespace tongxing::courses;
using namespace std::chrono_literals;
using State = VersionState;

constexpr Actor kAuthor{.is_author = true};
constexpr Actor kReviewer{.may_review = true, .has_taken_it = true, .may_publish = true};
constexpr Actor kOtherReviewer{.may_review = true, .may_publish = true};
constexpr Actor kSupervisor{.may_publish = true, .may_supervise = true};
constexpr Case kGood{Pack::complete, Checklist::passed, Checklist::passed, Checklist::passed, Reasons::given};

constexpr Action kActions[] = {Action::submit,  Action::take,          Action::give_back,
                               Action::reopen,  Action::approve,       Action::publish,
                               Action::suspend, Action::publish_again, Action::retire};
constexpr State kStates[] = {State::draft,    State::submitted, State::in_review, State::returned,
                             State::approved, State::published, State::suspended, State::retired};

TEST_CASE("A version goes from its author's draft through review to the catalogue and out of it") {
  CHECK(decide(State::draft, Action::submit, kAuthor, kGood) == State::submitted);
  CHECK(decide(State::submitted, Action::take, kOtherReviewer, kGood) == State::in_review);
  CHECK(decide(State::in_review, Action::give_back, kReviewer, kGood) == State::returned);
  CHECK(decide(State::returned, Action::reopen, kAuthor, kGood) == State::draft);
  CHECK(decide(State::in_review, Action::approve, kReviewer, kGood) == State::approved);
  CHECK(decide(State::approved, Action::publish, kReviewer, kGood) == State::published);
  CHECK(decide(State::published, Action::suspend, kSupervisor, kGood) == State::suspended);
  CHECK(decide(State::suspended, Action::publish_again, kReviewer, kGood) == State::published);
  CHECK(decide(State::published, Action::retire, kAuthor, kGood) == State::retired);
  CHECK(decide(State::suspended, Action::retire, kSupervisor, kGood) == State::retired);
}

TEST_CASE("Every other pair of state and action is refused as such, whoever asks") {
  const std::set<std::pair<State, Action>> steps{
      {State::draft, Action::submit},        {State::submitted, Action::take},
      {State::in_review, Action::give_back}, {State::returned, Action::reopen},
      {State::in_review, Action::approve},   {State::approved, Action::publish},
      {State::published, Action::suspend},   {State::suspended, Action::publish_again},
      {State::published, Action::retire},    {State::suspended, Action::retire}};
  const Actor everything{true, true, true, true, true};
  for (const auto state : kStates) {
    for (const auto action : kActions) {
      const auto decided = decide(state, action, everything, kGood);
      const bool refused_as_state = !decided && decided.error() == Refusal::wrong_state;
      CHECK(refused_as_state == !steps.contains({state, action}));
    }
  }
}

TEST_CASE("Nobody reviews, approves or publishes their own course, whatever roles they have") {
  Actor author = kReviewer;
  author.is_author = true;
  author.may_supervise = true;
  for (const auto& [state, action] : {std::pair{State::submitted, Action::take},
                                      {State::in_review, Action::give_back},
                                      {State::in_review, Action::approve},
                                      {State::approved, Action::publish},
                                      {State::suspended, Action::publish_again}}) {
    CHECK(decide(state, action, author, kGood).error() == Refusal::own_course);
  }
}

TEST_CASE("Roles are needed") {
  const Actor nobody;
  CHECK(decide(State::draft, Action::submit, kReviewer, kGood).error() == Refusal::not_allowed);
  CHECK(decide(State::returned, Action::reopen, kSupervisor, kGood).error() == Refusal::not_allowed);
  CHECK(decide(State::submitted, Action::take, nobody, kGood).error() == Refusal::not_allowed);
  CHECK(decide(State::approved, Action::publish, nobody, kGood).error() == Refusal::not_allowed);
  CHECK(decide(State::published, Action::suspend, kAuthor, kGood).error() == Refusal::not_allowed);
  CHECK(decide(State::published, Action::retire, nobody, kGood).error() == Refusal::not_allowed);
  CHECK(decide(State::suspended, Action::publish_again, kSupervisor, kGood).error() == Refusal::not_allowed);
}

TEST_CASE("Only who took a version into review decides on it") {
  CHECK(decide(State::in_review, Action::approve, kOtherReviewer, kGood).error() ==
        Refusal::not_taken_by_you);
  CHECK(decide(State::in_review, Action::give_back, kOtherReviewer, kGood).error() ==
        Refusal::not_taken_by_you);
}

TEST_CASE("The pack must be complete to submit, to approve and to publish") {
  auto facts = kGood;
  facts.pack = Pack::incomplete;
  CHECK(decide(State::draft, Action::submit, kAuthor, facts).error() == Refusal::pack_incomplete);
  CHECK(decide(State::in_review, Action::approve, kReviewer, facts).error() == Refusal::pack_incomplete);
  CHECK(decide(State::approved, Action::publish, kReviewer, facts).error() == Refusal::pack_incomplete);
  CHECK(decide(State::in_review, Action::give_back, kReviewer, facts) == State::returned);
}

TEST_CASE("All three checklists must be passed") {
  for (auto list : {&Case::content, &Case::accessibility, &Case::rights}) {
    auto facts = kGood;
    facts.*list = Checklist::open;
    CHECK(decide(State::in_review, Action::approve, kReviewer, facts).error() == Refusal::checklist_open);
    facts.*list = Checklist::failed;
    CHECK(decide(State::in_review, Action::approve, kReviewer, facts).error() == Refusal::checklist_failed);
    CHECK(decide(State::suspended, Action::publish_again, kReviewer, facts).error() ==
          Refusal::checklist_failed);
  }
}

TEST_CASE("Giving back and suspending need reasons") {
  auto facts = kGood;
  facts.reasons = Reasons::none;
  CHECK(decide(State::in_review, Action::give_back, kReviewer, facts).error() == Refusal::reasons_missing);
  CHECK(decide(State::published, Action::suspend, kSupervisor, facts).error() == Refusal::reasons_missing);
}

TEST_CASE("Names are those of the tables and messages") {
  for (const auto state : kStates) CHECK(version_state_from(name_of(state)) == state);
  CHECK(name_of(State::in_review) == "IN_REVIEW");
  CHECK_FALSE(version_state_from("draft").has_value());
  CHECK(name_of(Refusal::wrong_state) == "wrong_state");
  CHECK(name_of(Refusal::reasons_missing) == "reasons_missing");
  CHECK(lesson_type_from("AUDIO") == LessonType::audio);
  CHECK_FALSE(lesson_type_from("audio").has_value());
}

LessonFacts good_video() {
  return {LessonType::video, MediaFact::ready, 60s, {}};
}

std::vector<MissingEntry> missing(const LessonFacts& lesson) {
  return missing_in_pack(std::vector{lesson});
}

TEST_CASE("A complete pack lacks nothing") {
  CHECK(missing(good_video()).empty());
  CHECK(missing({.type = LessonType::audio, .media = MediaFact::ready, .duration = 60s}).empty());
  CHECK(missing({.type = LessonType::text_easy_read}).empty());
  CHECK(missing({.type = LessonType::practice}).empty());
}

TEST_CASE("What is missing is listed with its lesson") {
  using Item = MissingItem;
  CHECK(missing_in_pack({}) == std::vector<MissingEntry>{{Item::lessons, std::nullopt}});
  const auto with = [](auto member, auto value) {
    auto lesson = good_video();
    lesson.*member = value;
    return missing(lesson);
  };
  CHECK(with(&LessonFacts::media, MediaFact::none) == std::vector<MissingEntry>{{Item::media, 0}});
  CHECK(with(&LessonFacts::media, MediaFact::in_work) == std::vector<MissingEntry>{{Item::media_ready, 0}});
  CHECK(with(&LessonFacts::media, MediaFact::failed) == std::vector<MissingEntry>{{Item::media_usable, 0}});
  CHECK(with(&LessonFacts::duration, 0ms) == std::vector<MissingEntry>{{Item::duration, 0}});
  CHECK(with(&LessonFacts::access, std::vector{Item::captions, Item::flashes}) ==
        std::vector<MissingEntry>{{Item::captions, 0}, {Item::flashes, 0}});
  const std::vector<LessonFacts> two{good_video(), {}};
  CHECK(missing_in_pack(two) == std::vector<MissingEntry>{{Item::media, 1}});
}

TEST_CASE("What is missing has names for messages, each its own") {
  std::set<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(MissingItem::flashes); ++i) {
    names.insert(name_of(static_cast<MissingItem>(i)));
  }
  CHECK(names.size() == 16);
  CHECK_FALSE(names.contains(""));
  CHECK(names.contains("visual_decision"));
}

}  // namespace
