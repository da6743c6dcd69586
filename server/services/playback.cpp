// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/playback.hpp"

#include "courses/learning/counting.hpp"
#include "server/storage/catalogue_store.hpp"
#include "server/storage/credit_store.hpp"
#include "server/storage/playback_store.hpp"
#include "server/storage/progress_store.hpp"

#include <algorithm>

namespace tongxing::services {
namespace {

LessonProgress progress_now(storage::Connection& db, const AccountId& account, const LessonId& lesson,
                            const courses::LessonRule& rule) {
  const auto row = storage::ProgressStore(db).find(account, lesson);
  if (!row) return no_progress(rule);
  const auto stage = courses::lesson_stage_from(row->state).value_or(courses::LessonStage::in_progress);
  return progress_of(rule, stage, intervals_from(row->intervals), row->credited, row->resume);
}

}  // namespace

Result<StartedPlayback> start_playback(storage::Connection& db, const auth::Viewer& viewer,
                                       const LessonId& lesson, Timestamp now, Random& random) {
  if (!viewer.signed_in()) return fail(ErrorCode::unauthenticated, "errors.learning.sign_in_first");
  storage::CatalogueStore catalogue(db);
  const auto course = catalogue.course_of(lesson);
  if (!course) return fail(ErrorCode::not_found, "errors.learning.no_lesson");
  const auto begun = catalogue.begun(*course, viewer.account);
  if (!begun) {
    if (!catalogue.published(*course)) return fail(ErrorCode::not_found, "errors.learning.no_lesson");
    return fail(ErrorCode::conflict, "errors.learning.enrol_first");
  }
  const auto lessons = catalogue.lessons(begun->version);
  const auto found = std::ranges::find(lessons, lesson, &storage::CatalogueLessonRow::lesson);
  if (found == lessons.end() || found->asset.empty()) {
    return fail(ErrorCode::not_found, "errors.learning.no_lesson");
  }

  const courses::Policy& policy = policy_of_course(begun->policy);
  const courses::SessionState fresh = courses::new_session(now.time_since_epoch());
  storage::PlaybackRow row;
  row.id = new_id<PlaybackSessionId>(random);
  row.account = viewer.account;
  row.lesson = lesson;
  row.version = begun->version;
  row.policy = std::string(policy.id);
  row.carry = fresh.carry;
  row.media_carry = fresh.media_carry;
  storage::PlaybackStore(db).start(row, now);

  const courses::LessonRule rule{found->duration, threshold_of(policy, found->threshold_percent),
                                 courses::Quiz::none};
  return StartedPlayback{row.id, progress_now(db, viewer.account, lesson, rule),
                         storage::CreditStore(db).total_in_course(viewer.account, *course)};
}

}  // namespace tongxing::services
