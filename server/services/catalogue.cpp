// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/catalogue.hpp"

#include "courses/learning/credits.hpp"
#include "courses/learning/policy.hpp"
#include "server/storage/catalogue_store.hpp"
#include "server/storage/enrollment_store.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tongxing::services {
namespace {

using storage::CatalogueLessonRow;
using storage::CatalogueRow;
using storage::CatalogueStore;
using storage::CatalogueTrackRow;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

/// Simplified first, then Traditional, then English, then the rest by name; captions before translations.
int rank_of(const TextTrackFact& track) {
  constexpr std::array<std::string_view, 3> kLangs{"zh-Hans", "zh-Hant", "en"};
  constexpr std::array<std::string_view, 3> kKinds{"CAPTION", "SUBTITLE", "EASY_READ"};
  const auto lang = std::ranges::find(kLangs, track.lang) - kLangs.begin();
  const auto kind = std::ranges::find(kKinds, track.kind) - kKinds.begin();
  return static_cast<int>(kind * 10 + lang);
}

const courses::Policy& policy_of(std::string_view name) {
  return courses::current_policy(courses::track_from(name).value_or(courses::Track::open));
}

LessonFact lesson_of(CatalogueLessonRow&& row, const std::vector<CatalogueTrackRow>& tracks) {
  LessonFact lesson;
  lesson.id = std::move(row.lesson);
  lesson.ordinal = row.ordinal;
  lesson.type = std::move(row.type);
  lesson.title = std::move(row.title);
  lesson.summary = std::move(row.summary);
  lesson.mandatory = row.mandatory;
  lesson.threshold_percent = row.threshold_percent;
  lesson.asset = std::move(row.asset);
  lesson.asset_version = std::move(row.asset_version);
  lesson.duration = row.duration;
  lesson.has_video = row.has_video;
  lesson.has_audio = row.has_audio;
  for (const CatalogueTrackRow& track : tracks) {
    if (!lesson.asset.empty() && track.asset == lesson.asset) {
      lesson.tracks.push_back({track.kind, track.lang, track.folder});
    }
  }
  std::ranges::sort(lesson.tracks, {}, rank_of);
  return lesson;
}

std::vector<LessonFact> lessons_of(CatalogueStore& store, const CourseVersionId& version) {
  const auto tracks = store.tracks(version);
  std::vector<LessonFact> lessons;
  for (CatalogueLessonRow& row : store.lessons(version)) lessons.push_back(lesson_of(std::move(row), tracks));
  return lessons;
}

CourseFact course_of(CatalogueRow&& row, const std::vector<LessonFact>& lessons) {
  CourseFact course;
  const courses::Policy& policy = policy_of(row.policy);
  course.class_hours = courses::class_hour_text(courses::class_hour_hundredths(policy, row.duration));
  course.id = std::move(row.course);
  course.version = std::move(row.version);
  course.title = std::move(row.title);
  course.summary = std::move(row.summary);
  course.language = std::move(row.language);
  course.policy = std::move(row.policy);
  course.published_at = row.published_at;
  course.lessons = row.lessons;
  course.duration = row.duration;
  course.sound_only = !lessons.empty() && std::ranges::all_of(lessons, &LessonFact::has_audio);
  for (const LessonFact& lesson : lessons) {
    for (const TextTrackFact& track : lesson.tracks) {
      if (std::ranges::find(course.caption_langs, track.lang) == course.caption_langs.end()) {
        course.caption_langs.push_back(track.lang);
      }
    }
  }
  return course;
}

}  // namespace

Result<CataloguePage> list_courses(storage::Connection& db, std::string_view words, std::int64_t page) {
  const std::string_view wanted = trimmed(words);
  if (wanted.size() > kLongestSearch) {
    return fail_field("q", "errors.learning.search_too_long", {{"limit", std::to_string(kLongestSearch)}});
  }
  CatalogueStore store(db);
  CataloguePage result;
  result.total = store.count(wanted);
  result.pages = std::max<std::int64_t>(1, (result.total + kCoursesPerPage - 1) / kCoursesPerPage);
  result.page = std::clamp<std::int64_t>(page, 1, result.pages);
  for (CatalogueRow& row : store.search(wanted, kCoursesPerPage, (result.page - 1) * kCoursesPerPage)) {
    const auto lessons = lessons_of(store, row.version);
    result.courses.push_back(course_of(std::move(row), lessons));
  }
  return result;
}

Result<CourseView> view_course(storage::Connection& db, const auth::Viewer& viewer, const CourseId& course) {
  CatalogueStore store(db);
  CourseView view;
  std::optional<CatalogueRow> row;
  if (viewer.signed_in()) {
    row = store.begun(course, viewer.account);
    const auto enrollment = storage::EnrollmentStore(db).find(viewer.account, course);
    view.enrolled = row.has_value();
    view.completed = enrollment && enrollment->state == "COMPLETED";
  }
  if (!row) row = store.published(course);
  if (!row) return fail(ErrorCode::not_found, "errors.learning.no_course");
  view.lessons = lessons_of(store, row->version);
  view.course = course_of(std::move(*row), view.lessons);
  return view;
}

}  // namespace tongxing::services
