// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/playback_store.hpp"

namespace tongxing::storage {
namespace {

/// One statement for all that a heartbeat needs to know: it runs for every player every 15 seconds.
constexpr Sql kFind{
    "SELECT s.account_id, s.lesson_id, s.version_id, le.course_id, s.state, s.policy, s.last_seq, "
    "s.last_accepted_at, "
    "s.carry_ms, s.media_carry_ms, COALESCE(l.threshold_percent, 90), COALESCE(a.duration_ms, 0), "
    "COALESCE(p.intervals, ''), COALESCE(p.unique_ms, 0), COALESCE(p.credited_ms, 0), COALESCE(p.resume_ms, "
    "0), "
    "COALESCE(p.state, ''), p.completed_at, "
    "(SELECT COALESCE(SUM(o.credited_ms), 0) FROM lesson_progress o JOIN lessons ol ON ol.id = o.lesson_id "
    "WHERE o.account_id = s.account_id AND ol.course_id = le.course_id), "
    "(SELECT COALESCE(SUM(c.points), 0) FROM credit_entries c WHERE c.account_id = s.account_id "
    "AND c.course_id = le.course_id), "
    "COALESCE((SELECT d.used_ms FROM study_days d WHERE d.account_id = s.account_id AND d.day = ?2), 0), "
    "COALESCE((SELECT d.used_ms FROM study_days d WHERE d.account_id = s.account_id AND d.day = ?2 - 1), 0) "
    "FROM playback_sessions s JOIN lessons le ON le.id = s.lesson_id "
    "LEFT JOIN version_lessons l ON l.version_id = s.version_id AND l.lesson_id = s.lesson_id "
    "LEFT JOIN media_assets a ON a.id = l.asset_id "
    "LEFT JOIN lesson_progress p ON p.account_id = s.account_id AND p.lesson_id = s.lesson_id "
    "WHERE s.id = ?1"};
constexpr Sql kSupersede{
    "UPDATE playback_sessions SET state = 'SUPERSEDED' WHERE account_id = ?1 AND state = 'ACTIVE'"};
constexpr Sql kStart{
    "INSERT INTO playback_sessions (id, account_id, lesson_id, version_id, ordinal, state, policy, last_seq, "
    "last_accepted_at, started_at, carry_ms, media_carry_ms) "
    "SELECT ?1, ?2, ?3, ?4, COALESCE(MAX(ordinal), 0) + 1, 'ACTIVE', ?5, 0, ?6, ?6, ?7, ?8 "
    "FROM playback_sessions WHERE account_id = ?2"};
constexpr Sql kAdvance{
    "UPDATE playback_sessions SET last_seq = ?2, last_accepted_at = ?3, carry_ms = ?4, media_carry_ms = ?5 "
    "WHERE id = ?1"};
constexpr Sql kAddEvent{
    "INSERT INTO learning_events (session_id, seq, from_ms, to_ms, wall_ms, form, speed_percent, "
    "received_at, "
    "accepted, reason, credited_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"};
constexpr Sql kHasAccepted{
    "SELECT 1 FROM learning_events WHERE session_id = ?1 AND seq = ?2 AND accepted = 1 LIMIT 1"};

}  // namespace

std::optional<PlaybackRow> PlaybackStore::find(const PlaybackSessionId& id, std::int64_t day) {
  Rows rows = db_.query(kFind, id, day);
  if (!rows.next()) return std::nullopt;
  return PlaybackRow{id,
                     rows.get<AccountId>(0),
                     rows.get<LessonId>(1),
                     rows.get<CourseVersionId>(2),
                     rows.get<CourseId>(3),
                     rows.get<std::string>(4),
                     rows.get<std::string>(5),
                     rows.get<std::int64_t>(6),
                     rows.get<Timestamp>(7),
                     rows.get<Milliseconds>(8),
                     rows.get<Milliseconds>(9),
                     rows.get<std::int64_t>(10),
                     rows.get<Milliseconds>(11),
                     rows.get<std::string>(12),
                     rows.get<Milliseconds>(13),
                     rows.get<Milliseconds>(14),
                     rows.get<Milliseconds>(15),
                     rows.get<std::string>(16),
                     rows.get<std::optional<Timestamp>>(17),
                     rows.get<Milliseconds>(18),
                     rows.get<std::int64_t>(19),
                     rows.get<Milliseconds>(20),
                     rows.get<Milliseconds>(21)};
}

void PlaybackStore::start(const PlaybackRow& row, Timestamp now) {
  db_.run(kSupersede, row.account);
  db_.run(kStart, row.id, row.account, row.lesson, row.version, row.policy, now, row.carry, row.media_carry);
}

void PlaybackStore::advance(const PlaybackRow& row) {
  db_.run(kAdvance, row.id, row.last_seq, row.last_accepted_at, row.carry, row.media_carry);
}

void PlaybackStore::add_event(const PlaybackSessionId& session, const LearningEventRow& event) {
  db_.run(kAddEvent, session, event.seq, event.from, event.to, event.wall, event.form, event.speed_percent,
          event.received_at, event.accepted, event.reason, event.credited);
}

bool PlaybackStore::has_accepted(const PlaybackSessionId& session, std::int64_t seq) {
  Rows rows = db_.query(kHasAccepted, session, seq);
  return rows.next();
}

}  // namespace tongxing::storage
