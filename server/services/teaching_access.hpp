// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/viewer.hpp"
#include "server/base/result.hpp"
#include "server/storage/connection.hpp"
#include "server/storage/course_store.hpp"
#include "server/storage/course_version_store.hpp"
#include "server/storage/lesson_store.hpp"

/// Who may see and change which course, version, lesson and asset: the one place that decides. What somebody
/// may not see does not exist for them (`not_found`), so that nobody learns of a draft by guessing. All
/// functions only read.
namespace tongxing::services {

/// Teaching is for instructors; reviewing for reviewers; a person with both roles never reviews their own
/// work.
[[nodiscard]] bool is_author(const auth::Viewer& viewer, const storage::CourseVersionRow& version);

/// The viewer's own course.
[[nodiscard]] Result<storage::CourseRow> own_course(storage::Connection& db, const auth::Viewer& viewer,
                                                    const CourseId& course);
/// The newest version of the viewer's own course, whatever its state.
[[nodiscard]] Result<storage::CourseVersionRow> own_latest_version(storage::Connection& db,
                                                                   const auth::Viewer& viewer,
                                                                   const CourseId& course);
/// The same, if it may be edited now (DRAFT, or RETURNED); `conflict` otherwise.
[[nodiscard]] Result<storage::CourseVersionRow> editable_version(storage::Connection& db,
                                                                 const auth::Viewer& viewer,
                                                                 const CourseId& course);

/// A lesson in the newest version that has it, and that version.
struct LessonInVersion {
  storage::CourseVersionRow version;
  storage::VersionLessonRow lesson;
};

/// A lesson of the viewer's own.
[[nodiscard]] Result<LessonInVersion> own_lesson(storage::Connection& db, const auth::Viewer& viewer,
                                                 const LessonId& lesson);
/// The same, if its version may be edited now; `conflict` otherwise.
[[nodiscard]] Result<LessonInVersion> editable_lesson(storage::Connection& db, const auth::Viewer& viewer,
                                                      const LessonId& lesson);
/// Whether a version in this state may be edited.
[[nodiscard]] bool is_editable(const storage::CourseVersionRow& version);

/// A version that the viewer may review or supervise: submitted at least once, and of another author. One's
/// own is `forbidden` with a sentence that says why, for the author knows that it exists; a draft is
/// `not_found`.
[[nodiscard]] Result<storage::CourseVersionRow> reviewable_version(storage::Connection& db,
                                                                   const auth::Viewer& viewer,
                                                                   const CourseVersionId& version);

/// Whether the viewer may see an asset that is not public: its owner, and reviewers and administrators once a
/// version with it was submitted.
[[nodiscard]] bool may_see_asset(storage::Connection& db, const auth::Viewer& viewer, const AssetId& asset);

}  // namespace tongxing::services
