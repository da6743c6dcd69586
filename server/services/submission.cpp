// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/submission.hpp"

#include "server/auth/audit.hpp"
#include "server/services/course_drafts.hpp"
#include "server/services/course_pack.hpp"
#include "server/services/teaching_access.hpp"
#include "server/services/version_flow.hpp"

namespace tongxing::services {

Result<void> submit_course(storage::Connection& db, const auth::Viewer& viewer, const CourseId& course,
                           Timestamp now) {
  const auto version = editable_version(db, viewer, course);
  if (!version) return std::unexpected(version.error());
  reopen(db, *version);
  storage::CourseVersionStore versions(db);
  const auto draft = versions.find(version->id);
  const auto missing = missing_in(*draft, pack_of(db, draft->id), courses::PackFor::submission);
  const courses::Case facts{.pack = missing.empty() ? courses::Pack::complete : courses::Pack::incomplete};
  if (auto moved = step(db, *draft, courses::Action::submit, actor_of(viewer, *draft), facts); !moved)
    return moved;
  versions.set_submitted(version->id, now);
  versions.set_reviewer(version->id, std::nullopt);
  auth::record(db, now, {viewer.account.str(), "course.submitted", "course_version", version->id.str(), {}});
  return {};
}

}  // namespace tongxing::services
