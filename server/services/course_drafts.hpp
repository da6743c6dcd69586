// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/viewer.hpp"
#include "server/base/clock.hpp"
#include "server/base/random.hpp"
#include "server/base/result.hpp"
#include "server/services/course_details.hpp"
#include "server/storage/course_version_store.hpp"

/// An author's course before it is submitted. All use cases run on the writer's thread, in the caller's
/// transaction; somebody else's course is `not_found`, one that is not a draft `conflict`.
namespace tongxing::services {

struct NewCourse {
  CourseId course;
  CourseVersionId version;
};

/// A course with its first version, a draft.
[[nodiscard]] Result<NewCourse> create_course(storage::Connection& db, const auth::Viewer& viewer,
                                              const CourseDetails& details, Timestamp now, Random& random);

/// Changes the draft. A version that was returned becomes a draft again by its first change.
[[nodiscard]] Result<void> edit_course(storage::Connection& db, const auth::Viewer& viewer,
                                       const CourseId& course, const CourseDetails& details);

/// The next version of a course that is published, suspended or retired: a draft with the same lessons, so
/// that learners keep their progress. `conflict` while another version is on its way.
[[nodiscard]] Result<CourseVersionId> new_course_version(storage::Connection& db, const auth::Viewer& viewer,
                                                         const CourseId& course, Timestamp now,
                                                         Random& random);

/// A returned version becomes a draft again, because its author has changed something.
void reopen(storage::Connection& db, const storage::CourseVersionRow& version);

}  // namespace tongxing::services
