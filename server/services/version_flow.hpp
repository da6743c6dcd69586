// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "courses/review/version_state.hpp"
#include "server/auth/viewer.hpp"
#include "server/base/result.hpp"
#include "server/storage/course_version_store.hpp"
#include "server/storage/review_store.hpp"

#include <vector>

/// The pure state machine of a course version (courses/review) on stored versions.
namespace tongxing::services {

/// Who the viewer is to this version.
[[nodiscard]] courses::Actor actor_of(const auth::Viewer& viewer, const storage::CourseVersionRow& version);

/// The newest record of each checklist since the version was submitted or suspended.
[[nodiscard]] std::vector<storage::ReviewRow> newest_checklists(storage::Connection& db,
                                                                const storage::CourseVersionRow& version);

/// A version that this viewer has taken into review, or a suspended one that is looked at again.
[[nodiscard]] Result<storage::CourseVersionRow> version_in_review(storage::Connection& db,
                                                                  const auth::Viewer& viewer,
                                                                  const CourseVersionId& id);

/// Decides the action and moves the version. A refusal is a translated error: errors.review.<refusal>.
[[nodiscard]] Result<void> step(storage::Connection& db, const storage::CourseVersionRow& version,
                                courses::Action action, const courses::Actor& actor,
                                const courses::Case& facts);

/// The facts that approving and publishing are judged by, as they are now.
[[nodiscard]] courses::Case publication_case(storage::Connection& db,
                                             const storage::CourseVersionRow& version);

}  // namespace tongxing::services
