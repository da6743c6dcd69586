// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/lesson_editing.hpp"

#include "server/services/course_drafts.hpp"
#include "server/services/teaching_access.hpp"

#include <algorithm>
#include <utility>

namespace tongxing::services {

Result<LessonId> add_lesson(storage::Connection& db, const auth::Viewer& viewer, const CourseId& course,
                            const LessonDetails& details, Timestamp now, Random& random) {
  const auto version = editable_version(db, viewer, course);
  if (!version) return std::unexpected(version.error());
  const LessonDetails tidy = tidied(details);
  if (const auto wrong = problems_in(tidy); !wrong.empty()) return std::unexpected(wrong.front());
  storage::LessonStore lessons(db);
  const auto there = lessons.of_version(version->id);
  if (there.size() >= kMostLessons) {
    return fail(ErrorCode::conflict, "errors.teaching.too_many_lessons",
                {{"limit", std::to_string(kMostLessons)}});
  }
  storage::VersionLessonRow row;
  row.version = version->id;
  row.lesson = new_id<LessonId>(random);
  row.ordinal = static_cast<std::int64_t>(there.size()) + 1;
  row.title = tidy.title;
  row.summary = tidy.summary;
  lessons.insert(row.lesson, course, now);
  lessons.add_to_version(row);
  reopen(db, *version);
  return row.lesson;
}

Result<void> edit_lesson(storage::Connection& db, const auth::Viewer& viewer, const LessonId& lesson,
                         const LessonDetails& details) {
  const auto found = editable_lesson(db, viewer, lesson);
  if (!found) return std::unexpected(found.error());
  const LessonDetails tidy = tidied(details);
  if (const auto wrong = problems_in(tidy); !wrong.empty()) return std::unexpected(wrong.front());
  storage::LessonStore(db).update(found->version.id, lesson, tidy.title, tidy.summary);
  reopen(db, found->version);
  return {};
}

Result<void> move_lesson(storage::Connection& db, const auth::Viewer& viewer, const LessonId& lesson,
                         Direction direction) {
  const auto found = editable_lesson(db, viewer, lesson);
  if (!found) return std::unexpected(found.error());
  storage::LessonStore lessons(db);
  std::vector<LessonId> order;
  for (const auto& row : lessons.of_version(found->version.id)) order.push_back(row.lesson);
  const auto at = std::ranges::find(order, lesson);
  if (direction == Direction::up ? at == order.begin() : at + 1 == order.end()) return {};
  std::iter_swap(at, direction == Direction::up ? at - 1 : at + 1);
  lessons.reorder(found->version.id, order);
  reopen(db, found->version);
  return {};
}

Result<void> remove_lesson(storage::Connection& db, const auth::Viewer& viewer, const LessonId& lesson) {
  const auto found = editable_lesson(db, viewer, lesson);
  if (!found) return std::unexpected(found.error());
  storage::LessonStore(db).remove(found->version.id, lesson);
  reopen(db, found->version);
  return {};
}

}  // namespace tongxing::services
