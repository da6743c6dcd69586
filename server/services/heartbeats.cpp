// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/heartbeats.hpp"

#include "server/services/credit_posting.hpp"
#include "server/storage/playback_store.hpp"
#include "server/storage/progress_store.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace tongxing::services {
namespace {

using courses::Verdict;
using storage::PlaybackRow;

constexpr std::array<std::string_view, 6> kForms{"plain", "described",  "signed",
                                                 "audio", "transcript", "easy_read"};

Result<void> check(std::span<const HeartbeatReport> reports) {
  if (reports.empty()) return fail_field("heartbeats", "errors.learning.no_heartbeat");
  if (reports.size() > kMostHeartbeats) {
    return fail_field("heartbeats", "errors.learning.too_many_heartbeats",
                      {{"limit", std::to_string(kMostHeartbeats)}});
  }
  for (const HeartbeatReport& report : reports) {
    if (std::ranges::find(kForms, report.form) == kForms.end()) {
      return fail_field("form", "errors.learning.unknown_form");
    }
    if (report.speed_percent < 1 || report.speed_percent > 1000) {
      return fail_field("speed_percent", "errors.learning.bad_speed");
    }
  }
  return {};
}

courses::Standing standing_of(std::string_view state) {
  if (state == "ACTIVE") return courses::Standing::newest;
  return state == "SUPERSEDED" ? courses::Standing::superseded : courses::Standing::closed;
}

/// Everything that is judged against, in memory, while the reports of one request are worked through. The
/// study days are read again when the local day changes within the request.
class Recording {
 public:
  /// `day`: the study day that the row's figures are of.
  Recording(storage::Connection& db, PlaybackRow row, const courses::Policy& policy, std::int64_t day)
      : progress_(db),
        playback_(db),
        row_(std::move(row)),
        policy_(policy),
        lesson_{row_.duration, intervals_from(row_.intervals), row_.credited},
        session_{standing_of(row_.state), row_.last_seq, row_.last_accepted_at.time_since_epoch(), row_.carry,
                 row_.media_carry},
        days_{row_.used_today, row_.used_yesterday},
        day_(day) {}

  HeartbeatResult judge(const HeartbeatReport& report, Timestamp received_at) {
    courses::Heartbeat beat{report.seq, report.from, report.to, report.wall, received_at.time_since_epoch()};
    if (report.seq <= session_.last_seq && playback_.has_accepted(row_.id, report.seq)) {
      beat.delivery = courses::Delivery::repeated;
    }
    use_day(courses::study_day(beat.received_at));
    courses::Judgement judged = courses::judge(policy_, lesson_, days_, session_, beat);
    HeartbeatResult result{report.seq, judged.verdict, Milliseconds{0}};
    if (judged.verdict == Verdict::duplicate) return result;
    if (judged.verdict == Verdict::accepted) {
      result.credited = judged.credited();
      take(std::move(judged), report);
    }
    playback_.add_event(row_.id, {report.seq, report.from, report.to, report.wall, report.form,
                                  report.speed_percent, received_at, result.verdict == Verdict::accepted,
                                  courses::reason_of(result.verdict), result.credited});
    return result;
  }

  /// Writes the states once, however many reports there were.
  void store(Timestamp now) {
    if (!changed_) return;
    row_.last_seq = session_.last_seq;
    row_.last_accepted_at = Timestamp{session_.last_accepted_at};
    row_.carry = session_.carry;
    row_.media_carry = session_.media_carry;
    playback_.advance(row_);
    write_day();
    const auto before =
        courses::lesson_stage_from(row_.progress_state).value_or(courses::LessonStage::not_started);
    stage_ = courses::lesson_stage(before, rule(), covered());
    newly_completed_ = stage_ == courses::LessonStage::completed && before != courses::LessonStage::completed;
    if (newly_completed_) row_.completed_at = now;
    progress_.put(row_.account,
                  {row_.lesson, lesson_.intervals.text(), lesson_.intervals.total(), lesson_.credited,
                   row_.resume, std::string(courses::name_of(stage_)), now, row_.completed_at});
  }

  [[nodiscard]] LessonProgress progress() const {
    const auto stored =
        courses::lesson_stage_from(row_.progress_state).value_or(courses::LessonStage::not_started);
    return progress_of(rule(), changed_ ? stage_ : stored, lesson_.intervals, lesson_.credited, row_.resume);
  }
  [[nodiscard]] const PlaybackRow& row() const { return row_; }
  [[nodiscard]] Milliseconds earned() const { return lesson_.credited - row_.credited; }
  [[nodiscard]] bool lesson_newly_completed() const { return newly_completed_; }

 private:
  [[nodiscard]] courses::LessonRule rule() const {
    return {row_.duration, threshold_of(policy_, row_.threshold_percent), courses::Quiz::none};
  }
  [[nodiscard]] Milliseconds covered() const {
    return lesson_.intervals.covered_in({Milliseconds{0}, row_.duration});
  }

  void take(courses::Judgement&& judged, const HeartbeatReport& report) {
    today_changed_ |= judged.credited_today > Milliseconds{0};
    yesterday_changed_ |= judged.credited_yesterday > Milliseconds{0};
    lesson_ = std::move(judged.lesson);
    days_ = judged.days;
    session_ = judged.session;
    row_.resume = std::clamp(report.position.value_or(report.to), Milliseconds{0}, row_.duration);
    changed_ = true;
  }

  void use_day(std::int64_t day) {
    if (day == day_) return;
    write_day();
    const auto stored = progress_.study_days(row_.account, day);
    days_ = {stored.today, stored.yesterday};
    day_ = day;
  }

  void write_day() {
    if (today_changed_) progress_.set_study_day(row_.account, day_, days_.used_today);
    if (yesterday_changed_) progress_.set_study_day(row_.account, day_ - 1, days_.used_yesterday);
    today_changed_ = yesterday_changed_ = false;
  }

  storage::ProgressStore progress_;
  storage::PlaybackStore playback_;
  PlaybackRow row_;
  const courses::Policy& policy_;
  courses::LessonState lesson_;
  courses::SessionState session_;
  courses::DayState days_;
  courses::LessonStage stage_ = courses::LessonStage::not_started;
  std::int64_t day_;
  bool today_changed_ = false;
  bool yesterday_changed_ = false;
  bool changed_ = false;
  bool newly_completed_ = false;
};

/// When each report would have come in had there been a connection: one after the other, the last one now,
/// none before the last accepted one. With one report it is now.
std::vector<Timestamp> arrivals(std::span<const HeartbeatReport> reports, Timestamp last, Timestamp now) {
  std::vector<Timestamp> times(reports.size(), now);
  Timestamp at = now;
  for (std::size_t i = reports.size(); i-- > 1;) {
    const auto wall = std::clamp(reports[i].wall, Milliseconds{0}, std::max(Milliseconds{0}, at - last));
    at -= wall;
    times[i - 1] = at;
  }
  return times;
}

}  // namespace

Result<HeartbeatAnswer> record_heartbeats(storage::Connection& db, const auth::Viewer& viewer,
                                          const PlaybackSessionId& session,
                                          std::span<const HeartbeatReport> reports, Timestamp now,
                                          Random& random) {
  if (auto ok = check(reports); !ok) return std::unexpected(std::move(ok.error()));
  const auto day = courses::study_day(now.time_since_epoch());
  auto row = storage::PlaybackStore(db).find(session, day);
  if (!row || row->account != viewer.account) return fail(ErrorCode::not_found, "errors.learning.no_session");
  const courses::Policy* policy = courses::find_policy(row->policy);
  if (policy == nullptr) return fail(ErrorCode::gone, "errors.learning.no_session");

  const auto times = arrivals(reports, row->last_accepted_at, now);
  Recording recording(db, *std::move(row), *policy, day);
  HeartbeatAnswer answer;
  for (std::size_t i = 0; i < reports.size(); ++i)
    answer.results.push_back(recording.judge(reports[i], times[i]));
  recording.store(now);
  answer.progress = recording.progress();

  const Posting posted = post_credit(
      db, recording.row(), *policy, recording.earned(),
      recording.lesson_newly_completed() ? LessonEnd::completed_now : LessonEnd::none, now, random);
  answer.points_posted = posted.points;
  answer.course_completed = posted.course_completed;
  answer.course_points = recording.row().course_points + posted.points;
  return answer;
}

}  // namespace tongxing::services
