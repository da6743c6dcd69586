// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/lesson_view.hpp"

#include "server/services/learning_summary.hpp"
#include "server/services/lesson_document.hpp"
#include "server/services/package_facts.hpp"
#include "server/storage/credit_store.hpp"

#include <algorithm>
#include <utility>

namespace tongxing::services {

Result<LessonView> view_lesson(storage::Connection& db, const auth::Viewer& viewer, const CourseId& course,
                               const LessonId& lesson, std::string_view language) {
  auto seen = view_course(db, viewer, course);
  if (!seen) return std::unexpected(std::move(seen.error()));
  LessonView view;
  view.course = *std::move(seen);
  const auto found = std::ranges::find(view.course.lessons, lesson, &LessonFact::id);
  if (found == view.course.lessons.end()) return fail(ErrorCode::not_found, "errors.learning.no_lesson");
  view.index = static_cast<std::size_t>(found - view.course.lessons.begin());
  add_package_facts(db, *found);
  view.transcript = document_of_lesson(db, *found, language);
  if (view.course.enrolled) {
    view.progress = progress_in(db, viewer.account, view.course)[view.index];
    view.course_points = storage::CreditStore(db).total_in_course(viewer.account, course);
  }
  return view;
}

}  // namespace tongxing::services
