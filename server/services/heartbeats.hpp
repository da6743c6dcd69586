// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "courses/learning/counting.hpp"
#include "server/auth/viewer.hpp"
#include "server/base/clock.hpp"
#include "server/base/id.hpp"
#include "server/base/random.hpp"
#include "server/base/result.hpp"
#include "server/services/lesson_progress.hpp"
#include "server/storage/connection.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace tongxing::services {

/// The most heartbeats that one request may carry.
inline constexpr std::size_t kMostHeartbeats = 64;

/// What a player reports: it played [from, to) of the lesson's media in `wall` of real time.
struct HeartbeatReport {
  std::int64_t seq = 0;
  Milliseconds from{0};
  Milliseconds to{0};
  Milliseconds wall{0};
  std::optional<Milliseconds> position;  ///< where the learner is now, to go on there; otherwise `to`
  std::string form = "plain";            ///< plain, described, signed, audio, transcript, easy_read
  std::int64_t speed_percent = 100;
};

struct HeartbeatResult {
  std::int64_t seq = 0;
  courses::Verdict verdict = courses::Verdict::accepted;
  Milliseconds credited{0};
  /// A repeated one counts as taken: its effect is there.
  [[nodiscard]] bool taken() const {
    return verdict == courses::Verdict::accepted || verdict == courses::Verdict::duplicate;
  }
};

struct HeartbeatAnswer {
  std::vector<HeartbeatResult> results;  ///< in the order of the reports
  LessonProgress progress;               ///< after all of them
  std::int64_t points_posted = 0;        ///< new points in the ledger
  std::int64_t course_points = 0;        ///< the learner's points in the course, these included
  bool course_completed = false;         ///< by one of these
};

/// Judges the reports of one playback session by the counting rule and stores what follows: events, progress,
/// study day, ledger, completion; all in the caller's write transaction. Refused reports are stored with
/// their reason and change nothing else. Several reports in one request are taken as one stretch of time that
/// ends now: their wall times may together claim no more than has really passed since the last accepted one.
/// not_found when the session is not the viewer's; invalid for more than kMostHeartbeats, none, or an unknown
/// form.
[[nodiscard]] Result<HeartbeatAnswer> record_heartbeats(storage::Connection& db, const auth::Viewer& viewer,
                                                        const PlaybackSessionId& session,
                                                        std::span<const HeartbeatReport> reports,
                                                        Timestamp now, Random& random);

}  // namespace tongxing::services
