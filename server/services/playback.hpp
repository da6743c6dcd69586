// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/viewer.hpp"
#include "server/base/clock.hpp"
#include "server/base/id.hpp"
#include "server/base/random.hpp"
#include "server/base/result.hpp"
#include "server/services/lesson_progress.hpp"
#include "server/storage/connection.hpp"

#include <cstdint>

namespace tongxing::services {

struct StartedPlayback {
  PlaybackSessionId session;
  LessonProgress progress;
  std::int64_t course_points = 0;
};

/// The learner starts to play a lesson: a new session, which from now on is the only one of theirs that
/// counts. unauthenticated; not_found when the lesson may not be studied; conflict when they are not
/// enrolled.
[[nodiscard]] Result<StartedPlayback> start_playback(storage::Connection& db, const auth::Viewer& viewer,
                                                     const LessonId& lesson, Timestamp now, Random& random);

}  // namespace tongxing::services
