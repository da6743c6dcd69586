// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "courses/learning/intervals.hpp"
#include "courses/learning/policy.hpp"

#include <cstdint>
#include <string_view>

/// The counting rule (rule book §2.5.3): what a heartbeat of the player is worth. Pure: the caller reads the
/// states, judges, and stores the new states in one transaction. Points in time are milliseconds since
/// 1970-01-01 UTC on the server's clock; what the client says about time can only make a heartbeat worth
/// less.
namespace tongxing::courses {

/// Bounds of what a heartbeat may claim. [D] in the rule book: one place to change them.
inline constexpr Milliseconds kRangeTolerance{250};  ///< a player may report a little past the end
inline constexpr Milliseconds kWallTolerance{
    2000};                                      ///< network jitter: of the clock, and of the media played
inline constexpr Milliseconds kMaxGap{60'000};  ///< silence after which a session is over

/// Days since 1970-01-01 in Asia/Shanghai (UTC+8, no daylight saving): the day that credit is counted on.
[[nodiscard]] std::int64_t study_day(Milliseconds at);

/// The learner's progress in one lesson.
struct LessonState {
  Milliseconds duration{0};  ///< measured, of the version that the session plays
  Intervals intervals;       ///< what was played
  Milliseconds credited{0};  ///< never more than intervals.total()
};

/// Credited time of the learner, over all lessons.
struct DayState {
  Milliseconds used_today{0};      ///< on study_day(received_at)
  Milliseconds used_yesterday{0};  ///< on the day before: a heartbeat may span midnight
};

enum class Standing : std::uint8_t {
  newest,      ///< the learner's newest session: the only one that counts
  superseded,  ///< a newer one was started, on any device
  closed       ///< ended by its player
};

/// One run of a player; new_session() makes the first one. All five members are kept between heartbeats. The
/// two carries make the tolerances a budget of the whole session: without them a client could take a
/// tolerance anew with every heartbeat, and cover a lesson by sending ten of them a second.
struct SessionState {
  Standing standing = Standing::newest;
  std::int64_t last_seq = 0;
  Milliseconds last_accepted_at{0};           ///< server time of the start or of the last accepted heartbeat
  Milliseconds carry{0};                      ///< 0…2 s of wall time that passed and was not claimed yet
  Milliseconds media_carry = kWallTolerance;  ///< 0…6 s of media time that may be played above 3 × real time
};

[[nodiscard]] SessionState new_session(Milliseconds started_at);

/// Whether (session, seq) is already in the event log as accepted. Ask only when seq ≤ last_seq.
enum class Delivery : std::uint8_t { first, repeated };

/// What the player reports: it played [from, to) of the lesson in `wall` of real time.
struct Heartbeat {
  std::int64_t seq = 0;  ///< grows by one, from 1
  Milliseconds from{0};
  Milliseconds to{0};
  Milliseconds wall{0};         ///< as the client measured it, pauses excluded
  Milliseconds received_at{0};  ///< the server's clock
  Delivery delivery = Delivery::first;
};

enum class Verdict : std::uint8_t {
  accepted,
  duplicate,   ///< seen before: success for the client, no effect
  superseded,  ///< not the learner's newest session
  closed,      ///< the session was ended
  seq,         ///< not above the last accepted number
  range,       ///< empty, backwards or outside the lesson
  speed,       ///< more media than the fastest speed plays in that time
  wall,        ///< more time than passed on the server's clock
  gap,         ///< the session was silent for more than kMaxGap: start a new one
  fragments    ///< the lesson would be in more pieces than are kept: play the gaps
};

/// "" for accepted, otherwise "SPEED", "WALL", …: the text of learning_events.reason.
[[nodiscard]] std::string_view reason_of(Verdict verdict);

/// The answer. On anything but `accepted` all states are as they were. An honest player keeps a stretch that
/// was refused for `speed` or `wall` and reports it again, joined to the next one: nothing is lost by a slow
/// network.
struct Judgement {
  Verdict verdict = Verdict::accepted;
  LessonState lesson;              ///< new
  DayState days;                   ///< new
  SessionState session;            ///< new
  Milliseconds credited_today{0};  ///< part of this heartbeat's credit on study_day(received_at)
  Milliseconds credited_yesterday{0};
  [[nodiscard]] Milliseconds credited() const { return credited_today + credited_yesterday; }
};

/// Judges one heartbeat:
///   U := |union(intervals ∪ [from, to))|,  credit += max(0, min(w × rate, daily cap − used, U − credit))
/// where w is the claimed wall time, at most what passed on the server's clock since the last accepted
/// heartbeat (plus up to 2 s that earlier ones left unclaimed, so that jitter costs an honest learner
/// nothing). Milliseconds are kept, whole seconds are shown: no fraction is lost from heartbeat to heartbeat.
/// A heartbeat over midnight UTC+8 is split by wall time. Stretches are refused, never shortened, if they are
/// impossible.
[[nodiscard]] Judgement judge(const Policy& policy, const LessonState& lesson, const DayState& days,
                              const SessionState& session, const Heartbeat& heartbeat);

}  // namespace tongxing::courses
