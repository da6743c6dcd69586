// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/transcript/document.hpp"
#include "server/auth/viewer.hpp"
#include "server/base/id.hpp"
#include "server/base/result.hpp"
#include "server/services/catalogue.hpp"
#include "server/services/lesson_progress.hpp"
#include "server/storage/connection.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tongxing::services {

/// Everything that the page of one lesson shows.
struct LessonView {
  CourseView course;
  std::size_t index = 0;                   ///< of the lesson in course.lessons
  std::optional<LessonProgress> progress;  ///< only for learners who are enrolled
  std::int64_t course_points = 0;
  /// Readable text, see lesson_document.hpp; empty when the lesson has none.
  accessibility::Document transcript;

  [[nodiscard]] const LessonFact& lesson() const { return course.lessons[index]; }
};

/// A lesson of a course that the viewer may see. `language` is the BCP 47 tag of the page. not_found
/// otherwise.
[[nodiscard]] Result<LessonView> view_lesson(storage::Connection& db, const auth::Viewer& viewer,
                                             const CourseId& course, const LessonId& lesson,
                                             std::string_view language);

}  // namespace tongxing::services
