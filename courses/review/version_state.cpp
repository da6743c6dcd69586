// SPDX-License-Identifier: GPL-3.0-or-later
#include "courses/review/version_state.hpp"

#include <algorithm>
#include <array>

namespace tongxing::courses {
namespace {

struct Step {
  Action action;
  VersionState from;
  VersionState to;
};

constexpr std::array kSteps{
    Step{Action::submit, VersionState::draft, VersionState::submitted},
    Step{Action::take, VersionState::submitted, VersionState::in_review},
    Step{Action::give_back, VersionState::in_review, VersionState::returned},
    Step{Action::reopen, VersionState::returned, VersionState::draft},
    Step{Action::approve, VersionState::in_review, VersionState::approved},
    Step{Action::publish, VersionState::approved, VersionState::published},
    Step{Action::suspend, VersionState::published, VersionState::suspended},
    Step{Action::publish_again, VersionState::suspended, VersionState::published},
    Step{Action::retire, VersionState::published, VersionState::retired},
    Step{Action::retire, VersionState::suspended, VersionState::retired},
};

using Objection = std::optional<Refusal>;

/// For what a second pair of eyes is needed.
Objection check_independent(const Actor& actor, bool has_role) {
  if (actor.is_author) return Refusal::own_course;
  if (!has_role) return Refusal::not_allowed;
  return std::nullopt;
}

Objection check_reviewing(const Actor& actor) {
  if (const auto objection = check_independent(actor, actor.may_review)) return objection;
  if (!actor.has_taken_it) return Refusal::not_taken_by_you;
  return std::nullopt;
}

Objection check_person(Action action, const Actor& actor) {
  switch (action) {
    case Action::submit:
    case Action::reopen:
      return actor.is_author ? Objection{} : Refusal::not_allowed;
    case Action::take:
    case Action::publish_again:
      return check_independent(actor, actor.may_review);
    case Action::give_back:
    case Action::approve:
      return check_reviewing(actor);
    case Action::publish:
      return check_independent(actor, actor.may_publish);
    case Action::suspend:
      return actor.may_supervise ? Objection{} : Refusal::not_allowed;
    case Action::retire:
      return actor.is_author || actor.may_supervise ? Objection{} : Refusal::not_allowed;
  }
  return Refusal::not_allowed;
}

Objection check_pack(const Case& facts) {
  return facts.pack == Pack::complete ? Objection{} : Refusal::pack_incomplete;
}

Objection check_review(const Case& facts) {
  const std::array lists{facts.content, facts.accessibility, facts.rights};
  if (std::ranges::count(lists, Checklist::failed) > 0) return Refusal::checklist_failed;
  if (std::ranges::count(lists, Checklist::open) > 0) return Refusal::checklist_open;
  return check_pack(facts);
}

Objection check_case(Action action, const Case& facts) {
  switch (action) {
    case Action::submit:
      return check_pack(facts);
    case Action::approve:
    case Action::publish:
    case Action::publish_again:
      return check_review(facts);
    case Action::give_back:
    case Action::suspend:
      return facts.reasons == Reasons::given ? Objection{} : Refusal::reasons_missing;
    case Action::take:
    case Action::reopen:
    case Action::retire:
      return std::nullopt;
  }
  return Refusal::not_allowed;
}

constexpr std::array<std::string_view, 8> kStateNames{"DRAFT",    "SUBMITTED", "IN_REVIEW", "RETURNED",
                                                      "APPROVED", "PUBLISHED", "SUSPENDED", "RETIRED"};
constexpr std::array<std::string_view, 8> kRefusalNames{
    "wrong_state",     "not_allowed",    "own_course",       "not_taken_by_you",
    "pack_incomplete", "checklist_open", "checklist_failed", "reasons_missing"};

}  // namespace

std::string_view name_of(VersionState state) {
  return kStateNames[static_cast<std::size_t>(state)];
}

std::optional<VersionState> version_state_from(std::string_view name) {
  const auto found = std::ranges::find(kStateNames, name);
  if (found == kStateNames.end()) return std::nullopt;
  return static_cast<VersionState>(found - kStateNames.begin());
}

std::string_view name_of(Refusal refusal) {
  return kRefusalNames[static_cast<std::size_t>(refusal)];
}

std::expected<VersionState, Refusal> decide(VersionState state, Action action, const Actor& actor,
                                            const Case& facts) {
  const auto step = std::ranges::find_if(
      kSteps, [&](const Step& candidate) { return candidate.action == action && candidate.from == state; });
  if (step == kSteps.end()) return std::unexpected(Refusal::wrong_state);
  if (const auto objection = check_person(action, actor)) return std::unexpected(*objection);
  if (const auto objection = check_case(action, facts)) return std::unexpected(*objection);
  return step->to;
}

}  // namespace tongxing::courses
