// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/teaching_access.hpp"

#include <algorithm>
#include <utility>

namespace tongxing::services {
namespace {

std::unexpected<Error> no_course() {
  return fail(ErrorCode::not_found, "errors.teaching.course_not_found");
}
std::unexpected<Error> no_lesson() {
  return fail(ErrorCode::not_found, "errors.teaching.lesson_not_found");
}
std::unexpected<Error> not_editable() {
  return fail(ErrorCode::conflict, "errors.teaching.not_editable");
}

/// A version that has left its author's desk at least once.
bool was_submitted(const storage::CourseVersionRow& version) {
  return version.submitted_at.has_value() && version.state != "DRAFT" && version.state != "RETURNED";
}

}  // namespace

bool is_author(const auth::Viewer& viewer, const storage::CourseVersionRow& version) {
  return viewer.signed_in() && viewer.account == version.author;
}

bool is_editable(const storage::CourseVersionRow& version) {
  return version.state == "DRAFT" || version.state == "RETURNED";
}

Result<storage::CourseRow> own_course(storage::Connection& db, const auth::Viewer& viewer,
                                      const CourseId& course) {
  if (!viewer.is(auth::Role::instructor)) return no_course();
  auto row = storage::CourseStore(db).find(course);
  if (!row || row->author != viewer.account) return no_course();
  return std::move(*row);
}

Result<storage::CourseVersionRow> own_latest_version(storage::Connection& db, const auth::Viewer& viewer,
                                                     const CourseId& course) {
  if (auto own = own_course(db, viewer, course); !own) return std::unexpected(own.error());
  auto version = storage::CourseVersionStore(db).latest(course);
  if (!version) return no_course();
  return std::move(*version);
}

Result<storage::CourseVersionRow> editable_version(storage::Connection& db, const auth::Viewer& viewer,
                                                   const CourseId& course) {
  auto version = own_latest_version(db, viewer, course);
  if (version && !is_editable(*version)) return not_editable();
  return version;
}

Result<LessonInVersion> own_lesson(storage::Connection& db, const auth::Viewer& viewer,
                                   const LessonId& lesson) {
  const auto course = storage::LessonStore(db).course_of(lesson);
  if (!course) return no_lesson();
  if (!own_course(db, viewer, *course)) return no_lesson();
  auto row = storage::LessonStore(db).latest(lesson);
  if (!row) return no_lesson();
  auto version = storage::CourseVersionStore(db).find(row->version);
  if (!version) return no_lesson();
  return LessonInVersion{std::move(*version), std::move(*row)};
}

Result<LessonInVersion> editable_lesson(storage::Connection& db, const auth::Viewer& viewer,
                                        const LessonId& lesson) {
  auto found = own_lesson(db, viewer, lesson);
  if (!found) return found;
  // A lesson that the newest version no longer has is history: an edit would change what was published.
  const auto newest = storage::CourseVersionStore(db).latest(found->version.course);
  if (!newest || newest->id != found->version.id || !is_editable(found->version)) return not_editable();
  return found;
}

Result<storage::CourseVersionRow> reviewable_version(storage::Connection& db, const auth::Viewer& viewer,
                                                     const CourseVersionId& version) {
  auto row = storage::CourseVersionStore(db).find(version);
  if (!row || !viewer.is(auth::Role::reviewer)) return fail(ErrorCode::not_found, "errors.review.not_found");
  if (is_author(viewer, *row)) return fail(ErrorCode::forbidden, "errors.review.own_course");
  if (!was_submitted(*row)) return fail(ErrorCode::not_found, "errors.review.not_found");
  return std::move(*row);
}

bool may_see_asset(storage::Connection& db, const auth::Viewer& viewer, const AssetId& asset) {
  if (!viewer.signed_in()) return false;
  storage::CourseVersionStore versions(db);
  const auto uses = storage::LessonStore(db).with_asset(asset);
  const bool examines = viewer.is(auth::Role::reviewer) || viewer.is(auth::Role::administrator);
  return std::ranges::any_of(uses, [&](const storage::VersionLessonRow& use) {
    const auto version = versions.find(use.version);
    return version && (is_author(viewer, *version) || (examines && was_submitted(*version)));
  });
}

}  // namespace tongxing::services
