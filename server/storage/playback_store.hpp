// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/clock.hpp"
#include "server/base/id.hpp"
#include "server/storage/connection.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tongxing::storage {

/// What the counting of a heartbeat needs, in one row: the session, its lesson, and the learner's progress in
/// it.
struct PlaybackRow {
  PlaybackSessionId id;
  AccountId account;
  LessonId lesson;
  CourseVersionId version;
  CourseId course;
  std::string state;   ///< ACTIVE, SUPERSEDED, IDLE, CLOSED
  std::string policy;  ///< id of the policy that its heartbeats are judged by
  std::int64_t last_seq = 0;
  Timestamp last_accepted_at;
  Milliseconds carry{0};
  Milliseconds media_carry{0};
  std::int64_t threshold_percent = 90;
  Milliseconds duration{0};  ///< of the lesson's media, measured
  std::string intervals;     ///< progress: what was played; empty where there is none yet
  Milliseconds unique{0};
  Milliseconds credited{0};
  Milliseconds resume{0};
  std::string progress_state;  ///< empty where there is none yet
  std::optional<Timestamp> completed_at;
  Milliseconds course_credited{0};  ///< over all lessons of the course
  std::int64_t course_points = 0;   ///< in the ledger
  Milliseconds used_today{0};       ///< credited on `day`, over all courses
  Milliseconds used_yesterday{0};   ///< and on the day before
};

/// A heartbeat as it was judged.
struct LearningEventRow {
  std::int64_t seq = 0;
  Milliseconds from{0};
  Milliseconds to{0};
  Milliseconds wall{0};
  std::string form;
  std::int64_t speed_percent = 100;
  Timestamp received_at;
  bool accepted = false;
  std::string_view reason;  ///< empty when accepted
  Milliseconds credited{0};
};

/// Rows of `playback_sessions` and `learning_events`. Lives for one job on the writer's connection.
class PlaybackStore {
 public:
  explicit PlaybackStore(Connection& db) : db_(db) {}

  /// `day`: the study day of now (days since 1970-01-01 in Asia/Shanghai).
  [[nodiscard]] std::optional<PlaybackRow> find(const PlaybackSessionId& id, std::int64_t day);
  /// Makes the session the account's newest; the others that were active are superseded.
  void start(const PlaybackRow& row, Timestamp now);
  /// Stores last_seq, last_accepted_at and the carries.
  void advance(const PlaybackRow& row);
  void add_event(const PlaybackSessionId& session, const LearningEventRow& event);
  /// Whether the session has an accepted event of this number.
  [[nodiscard]] bool has_accepted(const PlaybackSessionId& session, std::int64_t seq);

 private:
  Connection& db_;
};

}  // namespace tongxing::storage
