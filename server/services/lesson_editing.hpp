// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/viewer.hpp"
#include "server/base/clock.hpp"
#include "server/base/random.hpp"
#include "server/base/result.hpp"
#include "server/services/course_details.hpp"
#include "server/storage/connection.hpp"

/// The lessons of a draft. All use cases run on the writer's thread, in the caller's transaction; somebody
/// else's lesson is `not_found`, one of a version that is not a draft `conflict`.
namespace tongxing::services {

inline constexpr std::size_t kMostLessons = 200;  ///< of one course

/// Adds a lesson at the end.
[[nodiscard]] Result<LessonId> add_lesson(storage::Connection& db, const auth::Viewer& viewer,
                                          const CourseId& course, const LessonDetails& details, Timestamp now,
                                          Random& random);
[[nodiscard]] Result<void> edit_lesson(storage::Connection& db, const auth::Viewer& viewer,
                                       const LessonId& lesson, const LessonDetails& details);

enum class Direction { up, down };
/// One place up or down; nothing happens at either end.
[[nodiscard]] Result<void> move_lesson(storage::Connection& db, const auth::Viewer& viewer,
                                       const LessonId& lesson, Direction direction);
/// Out of the draft. What learners did in the lesson stays.
[[nodiscard]] Result<void> remove_lesson(storage::Connection& db, const auth::Viewer& viewer,
                                         const LessonId& lesson);

}  // namespace tongxing::services
