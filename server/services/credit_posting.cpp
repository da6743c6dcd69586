// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/credit_posting.hpp"

#include "courses/learning/completion.hpp"
#include "courses/learning/credits.hpp"
#include "server/storage/catalogue_store.hpp"
#include "server/storage/credit_store.hpp"
#include "server/storage/enrollment_store.hpp"
#include "server/storage/progress_store.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tongxing::services {
namespace {

using storage::CreditEntryId;
using storage::CreditStore;
using storage::PlaybackRow;

/// {"credited_seconds":540}: all numbers, so no JSON library is needed to write it.
std::string basis_of(std::string_view name, std::int64_t value) {
  return "{\"" + std::string(name) + "\":" + std::to_string(value) + "}";
}

std::int64_t post_time(storage::Connection& db, const PlaybackRow& session, const courses::Policy& policy,
                       Milliseconds earned, Timestamp now, Random& random) {
  const auto credited = session.course_credited + earned;
  const auto points = courses::time_points(policy, credited);
  // Most heartbeats do not reach the next point: the ledger need not be asked.
  if (points == courses::time_points(policy, session.course_credited)) return 0;
  CreditStore ledger(db);
  const auto due = courses::points_due(points, ledger.posted(session.account, session.course, "TIME"));
  if (due <= 0) return 0;
  ledger.post({new_id<CreditEntryId>(random), session.account, session.course, session.lesson, "TIME", due,
               basis_of("credited_seconds", courses::credited_seconds(credited)), std::string(policy.id),
               now});
  return due;
}

struct CourseStanding {
  bool completed = false;
  Milliseconds creditable{0};
};

CourseStanding standing_of(storage::Connection& db, const AccountId& account, const CourseId& course,
                           const CourseVersionId& version) {
  const auto progress = storage::ProgressStore(db).of_course(account, course);
  std::vector<courses::LessonStanding> standings;
  CourseStanding result;
  for (const auto& lesson : storage::CatalogueStore(db).lessons(version)) {
    const auto found = std::ranges::find(progress, lesson.lesson, &storage::LessonProgressRow::lesson);
    auto stage = courses::LessonStage::not_started;
    if (found != progress.end()) stage = courses::lesson_stage_from(found->state).value_or(stage);
    standings.push_back({stage, lesson.mandatory ? courses::LessonStanding::Duty::mandatory
                                                 : courses::LessonStanding::Duty::optional});
    result.creditable += lesson.duration;
  }
  result.completed = courses::course_completed(standings);
  return result;
}

std::optional<std::int64_t> post_completion(storage::Connection& db, const PlaybackRow& session,
                                            const courses::Policy& policy, Timestamp now, Random& random) {
  storage::EnrollmentStore enrollments(db);
  const auto enrollment = enrollments.find(session.account, session.course);
  if (!enrollment || enrollment->state != "LEARNING") return std::nullopt;
  const auto standing = standing_of(db, session.account, session.course, enrollment->version);
  if (!standing.completed) return std::nullopt;
  enrollments.complete(enrollment->id, now);
  CreditStore ledger(db);
  const auto bonus = courses::completion_bonus(policy, standing.creditable);
  if (bonus <= 0 || ledger.posted(session.account, session.course, "COMPLETION") > 0) return 0;
  ledger.post({new_id<CreditEntryId>(random), session.account, session.course, std::nullopt, "COMPLETION",
               bonus, basis_of("creditable_seconds", courses::credited_seconds(standing.creditable)),
               std::string(policy.id), now});
  return bonus;
}

}  // namespace

Posting post_credit(storage::Connection& db, const PlaybackRow& session, const courses::Policy& policy,
                    Milliseconds earned, LessonEnd lesson, Timestamp now, Random& random) {
  Posting posting;
  if (earned > Milliseconds{0}) posting.points += post_time(db, session, policy, earned, now, random);
  if (lesson == LessonEnd::completed_now) {
    if (const auto bonus = post_completion(db, session, policy, now, random)) {
      posting.points += *bonus;
      posting.course_completed = true;
    }
  }
  return posting;
}

}  // namespace tongxing::services
