// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/course_drafts.hpp"

#include "server/services/teaching_access.hpp"

namespace tongxing::services {

Result<NewCourse> create_course(storage::Connection& db, const auth::Viewer& viewer,
                                const CourseDetails& details, Timestamp now, Random& random) {
  if (!viewer.is(auth::Role::instructor)) return fail(ErrorCode::forbidden, "errors.teaching.not_instructor");
  const CourseDetails tidy = tidied(details);
  if (const auto wrong = problems_in(tidy); !wrong.empty()) return std::unexpected(wrong.front());
  const NewCourse made{new_id<CourseId>(random), new_id<CourseVersionId>(random)};
  storage::CourseStore(db).insert({made.course, viewer.account, now, std::nullopt});
  storage::CourseVersionRow row;
  row.id = made.version;
  row.course = made.course;
  row.state = "DRAFT";
  row.title = tidy.title;
  row.summary = tidy.summary;
  row.language = tidy.language;
  row.policy = tidy.policy;
  row.created_at = now;
  storage::CourseVersionStore(db).insert(row);
  return made;
}

Result<void> edit_course(storage::Connection& db, const auth::Viewer& viewer, const CourseId& course,
                         const CourseDetails& details) {
  auto version = editable_version(db, viewer, course);
  if (!version) return std::unexpected(version.error());
  const CourseDetails tidy = tidied(details);
  if (const auto wrong = problems_in(tidy); !wrong.empty()) return std::unexpected(wrong.front());
  version->title = tidy.title;
  version->summary = tidy.summary;
  version->language = tidy.language;
  version->policy = tidy.policy;
  storage::CourseVersionStore(db).update_details(*version);
  reopen(db, *version);
  return {};
}

Result<CourseVersionId> new_course_version(storage::Connection& db, const auth::Viewer& viewer,
                                           const CourseId& course, Timestamp now, Random& random) {
  const auto newest = own_latest_version(db, viewer, course);
  if (!newest) return std::unexpected(newest.error());
  if (newest->state != "PUBLISHED" && newest->state != "SUSPENDED" && newest->state != "RETIRED") {
    return fail(ErrorCode::conflict, "errors.teaching.version_open");
  }
  storage::CourseVersionRow next = *newest;
  next.id = new_id<CourseVersionId>(random);
  next.number = newest->number + 1;
  next.state = "DRAFT";
  next.visual_statement.clear();  // a statement is about one version, by the reviewer who watched it
  next.created_at = now;
  storage::CourseVersionStore(db).insert(next);
  storage::LessonStore(db).copy(newest->id, next.id);
  return next.id;
}

void reopen(storage::Connection& db, const storage::CourseVersionRow& version) {
  if (version.state == "RETURNED") {
    static_cast<void>(storage::CourseVersionStore(db).move(version.id, "RETURNED", "DRAFT"));
  }
}

}  // namespace tongxing::services
