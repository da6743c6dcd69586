// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>

/// The life of a course version (model §2.3.1) as a pure function. The content of a published version never
/// changes.
namespace tongxing::courses {

enum class VersionState : std::uint8_t {
  draft,
  submitted,
  in_review,
  returned,
  approved,
  published,
  suspended,
  retired
};

/// "DRAFT", "SUBMITTED", "IN_REVIEW" …: the text of course_versions.state.
[[nodiscard]] std::string_view name_of(VersionState state);
[[nodiscard]] std::optional<VersionState> version_state_from(std::string_view name);

enum class Action : std::uint8_t {
  submit,         ///< author: DRAFT → SUBMITTED
  take,           ///< reviewer: SUBMITTED → IN_REVIEW
  give_back,      ///< who took it: IN_REVIEW → RETURNED, with reasons
  reopen,         ///< author: RETURNED → DRAFT
  approve,        ///< who took it: IN_REVIEW → APPROVED
  publish,        ///< publisher: APPROVED → PUBLISHED
  suspend,        ///< supervisor: PUBLISHED → SUSPENDED, with reasons
  publish_again,  ///< reviewer, after a new review: SUSPENDED → PUBLISHED
  retire          ///< author or supervisor: PUBLISHED, SUSPENDED → RETIRED
};

/// Who acts, in relation to this version.
struct Actor {
  bool is_author = false;
  bool may_review = false;     ///< has the role of a reviewer
  bool has_taken_it = false;   ///< is the reviewer that took this version
  bool may_publish = false;    ///< the house lets reviewers and administrators publish
  bool may_supervise = false;  ///< complaints, end of a licence
};

/// The newest judgement of one checklist since the version was submitted (or suspended).
enum class Checklist : std::uint8_t { open, passed, failed };

/// Whether nothing is missing in the pack, for the action's purpose: submission for submit, publication
/// otherwise.
enum class Pack : std::uint8_t { incomplete, complete };

enum class Reasons : std::uint8_t { none, given };

struct Case {
  Pack pack = Pack::incomplete;
  Checklist content = Checklist::open;
  Checklist accessibility = Checklist::open;
  Checklist rights = Checklist::open;
  Reasons reasons = Reasons::none;
};

enum class Refusal : std::uint8_t {
  wrong_state,       ///< the action does not exist in this state (perhaps somebody was faster)
  not_allowed,       ///< the actor's role does not have this action
  own_course,        ///< nobody reviews, approves or publishes their own course
  not_taken_by_you,  ///< another reviewer has it
  pack_incomplete,   ///< show what missing_in_pack() lists
  checklist_open,    ///< not all three checklists were judged
  checklist_failed,  ///< at least one was not passed: give back instead
  reasons_missing    ///< giving back and suspending need a reason that the author can act on
};

/// Stable names for messages: "wrong_state", "own_course" …
[[nodiscard]] std::string_view name_of(Refusal refusal);

/// The state after the action, or why not. Of several reasons the first in this order: state, person, case.
[[nodiscard]] std::expected<VersionState, Refusal> decide(VersionState state, Action action,
                                                          const Actor& actor, const Case& facts);

}  // namespace tongxing::courses
