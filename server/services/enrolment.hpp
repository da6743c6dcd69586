// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/viewer.hpp"
#include "server/base/clock.hpp"
#include "server/base/id.hpp"
#include "server/base/random.hpp"
#include "server/base/result.hpp"
#include "server/storage/connection.hpp"

namespace tongxing::services {

enum class EnrolmentOutcome { enrolled, already };

/// Enrols the viewer in the published version of a course. Doing it again changes nothing and succeeds; who
/// had withdrawn comes back. unauthenticated without an account, not_found unless the course is published.
/// Runs in the caller's write transaction.
[[nodiscard]] Result<EnrolmentOutcome> enrol(storage::Connection& db, const auth::Viewer& viewer,
                                             const CourseId& course, Timestamp now, Random& random);

}  // namespace tongxing::services
