// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/submission.hpp"

#include "server/auth/audit.hpp"
#include "server/services/course_drafts.hpp"
#include "server/services/course_pack.hpp"
#include "server/services/teaching_access.hpp"
#include "server/services/version_flow.hpp"
#include "server/storage/job_store.hpp"

namespace tongxing::services {

Result<void> submit_course(storage::Connection& db, const auth::Viewer& viewer, const CourseId& course,
                           Timestamp now) {
  const auto version = editable_version(db, viewer, course);
  if (!version) return std::unexpected(version.error());
  reopen(db, *version);
  storage::CourseVersionStore versions(db);
  const auto draft = versions.find(version->id);
  // What is submitted must not change any more, so nothing may still be made for it.
  for (const auto& lesson : pack_of(db, draft->id)) {
    if (!lesson.asset) continue;
    if (storage::JobStore(db).is_completing(lesson.asset->id)) {
      return fail(ErrorCode::conflict, "errors.teaching.in_work", {{"lesson", lesson.lesson.title}});
    }
  }
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
