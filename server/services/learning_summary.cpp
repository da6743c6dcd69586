// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/learning_summary.hpp"

#include "courses/learning/credits.hpp"
#include "server/storage/enrollment_store.hpp"
#include "server/storage/progress_store.hpp"

#include <algorithm>
#include <utility>

namespace tongxing::services {
namespace {

CourseProgress summary_of(storage::Connection& db, const AccountId& account, CourseView&& course) {
  CourseProgress summary;
  summary.lessons = progress_in(db, account, course);
  summary.credited = storage::ProgressStore(db).credited_in_course(account, course.course.id);
  const courses::Policy& policy = policy_of_course(course.course.policy);
  summary.class_hours = courses::class_hour_text(courses::class_hour_hundredths(policy, summary.credited));
  summary.points = storage::CreditStore(db).total_in_course(account, course.course.id);
  for (std::size_t i = 0; i < summary.lessons.size(); ++i) {
    const bool done = summary.lessons[i].stage == courses::LessonStage::completed;
    if (done) ++summary.done;
    if (!done && course.lessons[i].mandatory && !summary.next) summary.next = i;
  }
  summary.course = std::move(course);
  return summary;
}

}  // namespace

std::vector<LessonProgress> progress_in(storage::Connection& db, const AccountId& account,
                                        const CourseView& course) {
  const courses::Policy& policy = policy_of_course(course.course.policy);
  const auto rows = storage::ProgressStore(db).of_course(account, course.course.id);
  std::vector<LessonProgress> result;
  for (const LessonFact& lesson : course.lessons) {
    const courses::LessonRule rule{lesson.duration, threshold_of(policy, lesson.threshold_percent),
                                   courses::Quiz::none};
    const auto row = std::ranges::find(rows, lesson.id, &storage::LessonProgressRow::lesson);
    if (row == rows.end()) {
      result.push_back(no_progress(rule));
      continue;
    }
    const auto stage = courses::lesson_stage_from(row->state).value_or(courses::LessonStage::in_progress);
    result.push_back(progress_of(rule, stage, intervals_from(row->intervals), row->credited, row->resume));
  }
  return result;
}

std::vector<CourseProgress> my_learning(storage::Connection& db, const auth::Viewer& viewer) {
  std::vector<CourseProgress> result;
  for (const auto& enrollment : storage::EnrollmentStore(db).of(viewer.account)) {
    auto course = view_course(db, viewer, enrollment.course);
    if (course) result.push_back(summary_of(db, viewer.account, *std::move(course)));
  }
  return result;
}

CreditStatement my_credits(storage::Connection& db, const auth::Viewer& viewer, std::int64_t page) {
  storage::CreditStore ledger(db);
  CreditStatement statement;
  statement.total = ledger.total(viewer.account);
  statement.entries = ledger.count(viewer.account);
  statement.pages = std::max<std::int64_t>(1, (statement.entries + kLinesPerPage - 1) / kLinesPerPage);
  statement.page = std::clamp<std::int64_t>(page, 1, statement.pages);
  statement.lines = ledger.lines(viewer.account, kLinesPerPage, (statement.page - 1) * kLinesPerPage);
  return statement;
}

}  // namespace tongxing::services
