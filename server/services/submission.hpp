// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/viewer.hpp"
#include "server/base/clock.hpp"
#include "server/base/result.hpp"
#include "server/storage/connection.hpp"

namespace tongxing::services {

/// The author hands the newest version over for review. `conflict` while something is missing (see
/// course_pack.hpp) or the version is not a draft. Runs on the writer's thread, in the caller's transaction.
[[nodiscard]] Result<void> submit_course(storage::Connection& db, const auth::Viewer& viewer,
                                         const CourseId& course, Timestamp now);

}  // namespace tongxing::services
