// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/version_flow.hpp"

#include "server/services/course_pack.hpp"
#include "server/services/teaching_access.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

namespace tongxing::services {
namespace {

std::unexpected<Error> refused(courses::Refusal refusal) {
  const std::string key = "errors.review." + std::string(courses::name_of(refusal));
  switch (refusal) {
    case courses::Refusal::own_course:
    case courses::Refusal::not_allowed:
      return fail(ErrorCode::forbidden, key);
    case courses::Refusal::reasons_missing:
      return fail_field("reason", key);
    default:
      return fail(ErrorCode::conflict, key);
  }
}

courses::Checklist judged(const std::vector<storage::ReviewRow>& rows, std::string_view checklist) {
  const auto row = std::ranges::find(rows, checklist, &storage::ReviewRow::checklist);
  if (row == rows.end()) return courses::Checklist::open;
  return row->passed ? courses::Checklist::passed : courses::Checklist::failed;
}

}  // namespace

courses::Actor actor_of(const auth::Viewer& viewer, const storage::CourseVersionRow& version) {
  const bool reviewer = viewer.is(auth::Role::reviewer);
  const bool author = is_author(viewer, version);
  return {.is_author = author,
          .may_review = reviewer,
          .has_taken_it = version.reviewer == viewer.account,
          .may_publish = reviewer,
          .may_supervise = (reviewer || viewer.is(auth::Role::administrator)) && !author};
}

std::vector<storage::ReviewRow> newest_checklists(storage::Connection& db,
                                                  const storage::CourseVersionRow& version) {
  std::vector<storage::ReviewRow> newest;
  const Timestamp since = version.submitted_at.value_or(Timestamp{});
  for (auto& row : storage::ReviewStore(db).of_version(version.id, since)) {
    const auto same = std::ranges::find(newest, row.checklist, &storage::ReviewRow::checklist);
    if (same == newest.end()) {
      newest.push_back(std::move(row));
    } else {
      *same = std::move(row);
    }
  }
  return newest;
}

Result<storage::CourseVersionRow> version_in_review(storage::Connection& db, const auth::Viewer& viewer,
                                                    const CourseVersionId& id) {
  auto version = reviewable_version(db, viewer, id);
  if (!version) return version;
  if (version->state == "SUSPENDED") return version;
  if (version->state != "IN_REVIEW") return fail(ErrorCode::conflict, "errors.review.wrong_state");
  if (version->reviewer != viewer.account) {
    return fail(ErrorCode::conflict, "errors.review.not_taken_by_you");
  }
  return version;
}

Result<void> step(storage::Connection& db, const storage::CourseVersionRow& version, courses::Action action,
                  const courses::Actor& actor, const courses::Case& facts) {
  const auto state = courses::version_state_from(version.state);
  if (!state) throw std::logic_error("a version has an unknown state");
  const auto next = courses::decide(*state, action, actor, facts);
  if (!next) return refused(next.error());
  if (!storage::CourseVersionStore(db).move(version.id, version.state, courses::name_of(*next))) {
    return refused(courses::Refusal::wrong_state);
  }
  return {};
}

courses::Case publication_case(storage::Connection& db, const storage::CourseVersionRow& version) {
  const auto rows = newest_checklists(db, version);
  const auto missing = missing_in(version, pack_of(db, version.id), courses::PackFor::publication);
  return {.pack = missing.empty() ? courses::Pack::complete : courses::Pack::incomplete,
          .content = judged(rows, "CONTENT"),
          .accessibility = judged(rows, "ACCESSIBILITY"),
          .rights = judged(rows, "RIGHTS"),
          .reasons = courses::Reasons::none};
}

}  // namespace tongxing::services
