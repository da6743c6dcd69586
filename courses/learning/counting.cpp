// SPDX-License-Identifier: GPL-3.0-or-later
#include "courses/learning/counting.hpp"

#include <algorithm>

namespace tongxing::courses {
namespace {

constexpr Milliseconds kDay{24LL * 3600 * 1000};
constexpr Milliseconds kShanghai{8LL * 3600 * 1000};
constexpr Milliseconds kNone{0};

Milliseconds percent(Milliseconds time, int of_hundred) {
  return Milliseconds{time.count() * of_hundred / 100};
}

Milliseconds elapsed(const SessionState& session, const Heartbeat& heartbeat) {
  // A server clock that was set back must not make time negative.
  return std::max(kNone, heartbeat.received_at - session.last_accepted_at);
}

Verdict check_order(const SessionState& session, const Heartbeat& heartbeat) {
  const bool repeated = heartbeat.delivery == Delivery::repeated || heartbeat.seq == session.last_seq;
  if (heartbeat.seq >= 1 && repeated) return Verdict::duplicate;
  if (session.standing == Standing::superseded) return Verdict::superseded;
  if (session.standing == Standing::closed) return Verdict::closed;
  return heartbeat.seq > session.last_seq ? Verdict::accepted : Verdict::seq;
}

/// The checks that need clocks. `passed` and what is carried bound everything a session can ever claim: the
/// sum of wall time by real time, the sum of media time by the fastest speed plus one tolerance. Without the
/// carry a client could take the tolerance again with every heartbeat.
Verdict check_claim(const Policy& policy, const LessonState& lesson, const SessionState& session,
                    const Heartbeat& heartbeat) {
  if (heartbeat.from < kNone || heartbeat.from >= heartbeat.to) return Verdict::range;
  if (heartbeat.to > lesson.duration + kRangeTolerance) return Verdict::range;
  const auto media = heartbeat.to - heartbeat.from;
  const auto passed = elapsed(session, heartbeat);
  if (passed > kMaxGap) return Verdict::gap;
  if (heartbeat.wall < kNone) return Verdict::wall;
  const auto believable = std::min(heartbeat.wall, kDay);
  if (media > percent(believable, policy.max_speed_percent) + kWallTolerance) return Verdict::speed;
  if (heartbeat.wall > passed + kWallTolerance) return Verdict::wall;
  const auto allowed = percent(passed, policy.max_speed_percent) + session.media_carry;
  return media > allowed ? Verdict::speed : Verdict::accepted;
}

/// One heartbeat, or the part of one on one day. Returns what it earned.
Milliseconds count(const Policy& policy, LessonState& lesson, Milliseconds& used, Interval played,
                   Milliseconds wall) {
  played.to = std::min(played.to, lesson.duration);
  lesson.intervals.insert(played);
  const auto covered = lesson.intervals.covered_in({kNone, lesson.duration});
  const auto earned = std::max(kNone, std::min({percent(wall, policy.rate_cap_percent),
                                                policy.daily_cap - used, covered - lesson.credited}));
  lesson.credited += earned;
  used += earned;
  return earned;
}

bool fits(const LessonState& lesson, const Heartbeat& heartbeat) {
  auto trial = lesson.intervals;
  return trial.insert({heartbeat.from, std::min(heartbeat.to, lesson.duration)}) != Insertion::too_many;
}

void advance(const Policy& policy, SessionState& session, const Heartbeat& heartbeat, Milliseconds wall) {
  const auto passed = elapsed(session, heartbeat);
  const auto media = heartbeat.to - heartbeat.from;
  const auto unplayed = percent(passed, policy.max_speed_percent) + session.media_carry - media;
  session.carry = std::clamp(passed + session.carry - wall, kNone, kWallTolerance);
  session.media_carry = std::clamp(unplayed, kNone, percent(kWallTolerance, policy.max_speed_percent));
  session.last_seq = heartbeat.seq;
  session.last_accepted_at = std::max(session.last_accepted_at, heartbeat.received_at);
}

}  // namespace

std::int64_t study_day(Milliseconds at) {
  return std::chrono::floor<std::chrono::days>(at + kShanghai).count();
}

SessionState new_session(Milliseconds started_at) {
  return {.last_accepted_at = started_at};
}

std::string_view reason_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::accepted:
      return "";
    case Verdict::duplicate:
      return "DUPLICATE";
    case Verdict::superseded:
      return "SUPERSEDED";
    case Verdict::closed:
      return "CLOSED";
    case Verdict::seq:
      return "SEQ";
    case Verdict::range:
      return "RANGE";
    case Verdict::speed:
      return "SPEED";
    case Verdict::wall:
      return "WALL";
    case Verdict::gap:
      return "GAP";
    case Verdict::fragments:
      return "FRAGMENTS";
  }
  return "";
}

Judgement judge(const Policy& policy, const LessonState& lesson, const DayState& days,
                const SessionState& session, const Heartbeat& heartbeat) {
  Judgement result{.lesson = lesson, .days = days, .session = session};
  result.verdict = check_order(session, heartbeat);
  if (result.verdict == Verdict::accepted) result.verdict = check_claim(policy, lesson, session, heartbeat);
  if (result.verdict == Verdict::accepted && !fits(lesson, heartbeat)) result.verdict = Verdict::fragments;
  if (result.verdict != Verdict::accepted) return result;

  const auto wall = std::min(heartbeat.wall, elapsed(session, heartbeat) + session.carry);
  const Milliseconds midnight = kDay * study_day(heartbeat.received_at) - kShanghai;
  const auto before = std::clamp(midnight - (heartbeat.received_at - wall), kNone, wall);
  auto border = heartbeat.from;
  if (before > kNone) {
    const auto media = heartbeat.to - heartbeat.from;
    border += Milliseconds{media.count() * before.count() / wall.count()};
    result.credited_yesterday =
        count(policy, result.lesson, result.days.used_yesterday, {heartbeat.from, border}, before);
  }
  result.credited_today =
      count(policy, result.lesson, result.days.used_today, {border, heartbeat.to}, wall - before);
  // Both halves at once, too: at the limit of pieces the first half alone may not have found room.
  result.lesson.intervals.insert({heartbeat.from, std::min(heartbeat.to, lesson.duration)});
  advance(policy, result.session, heartbeat, wall);
  return result;
}

}  // namespace tongxing::courses
