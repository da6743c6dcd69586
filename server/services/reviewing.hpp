// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/viewer.hpp"
#include "server/base/clock.hpp"
#include "server/base/random.hpp"
#include "server/base/result.hpp"
#include "server/services/course_pack.hpp"
#include "server/storage/review_store.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The reviewer's side of a course version. Nobody reviews their own course, whatever roles they have. Use
/// cases that change something run on the writer's thread, in the caller's transaction; the state of the
/// version decides what is possible, everything else is `conflict`.
namespace tongxing::services {

inline constexpr std::array<std::string_view, 3> kChecklists{"CONTENT", "ACCESSIBILITY", "RIGHTS"};
inline constexpr std::chrono::days kReviewTime{5};  ///< from the submission to the day by which it is due

struct QueueItem {
  storage::CourseVersionRow version;
  std::size_t lessons = 0;
  Timestamp due;  ///< the day by which the review is promised
};

/// What waits for a reviewer: SUBMITTED, IN_REVIEW and APPROVED versions of others, the longest waiting
/// first.
[[nodiscard]] std::vector<QueueItem> review_queue(storage::Connection& db, const auth::Viewer& viewer);
/// What is or was in the catalogue, of others, the newest first: for supervision.
[[nodiscard]] std::vector<QueueItem> supervised_courses(storage::Connection& db, const auth::Viewer& viewer);

/// Everything that a reviewer judges by.
struct ReviewView {
  storage::CourseVersionRow version;
  std::vector<LessonPack> pack;
  std::vector<storage::ReviewRow> checklists;     ///< the newest of each, since the submission
  std::vector<storage::ReviewReasonRow> reasons;  ///< of the whole course, newest first
  bool statement_needed = false;
  std::vector<Missing> missing;  ///< before it may be published
  std::string content_hash;      ///< of what is there now
};
[[nodiscard]] Result<ReviewView> review_view(storage::Connection& db, const auth::Viewer& viewer,
                                             const CourseVersionId& version);

/// The reviewer takes a SUBMITTED version into review.
[[nodiscard]] Result<void> take_into_review(storage::Connection& db, const auth::Viewer& viewer,
                                            const CourseVersionId& version);

struct ChecklistResult {
  std::string checklist;  ///< one of kChecklists
  bool passed = false;
  std::string note;
};
/// Records one checklist of a version that the viewer has in review (or that is SUSPENDED: then a new review
/// is on). The newest record of each counts. The one of accessibility does not pass while a tick of
/// lesson_ticks.hpp is open.
[[nodiscard]] Result<void> record_checklist(storage::Connection& db, const auth::Viewer& viewer,
                                            const CourseVersionId& version, const ChecklistResult& result,
                                            Timestamp now, Random& random);

/// Records (or takes back, when empty) the reviewer's statement that the pictures show nothing that is not
/// also said.
[[nodiscard]] Result<void> record_visual_statement(storage::Connection& db, const auth::Viewer& viewer,
                                                   const CourseVersionId& version,
                                                   std::string_view statement);

/// The reviewer has read over captions that a machine made, in a version that they have in review.
[[nodiscard]] Result<void> confirm_captions(storage::Connection& db, const auth::Viewer& viewer,
                                            const CourseVersionId& version, const TrackId& track,
                                            Timestamp now);

struct Reason {
  std::string text;
  std::optional<LessonId> lesson;
  std::optional<Milliseconds> at;  ///< time code in the lesson
};
/// Back to the author, with a reason.
[[nodiscard]] Result<void> return_version(storage::Connection& db, const auth::Viewer& viewer,
                                          const CourseVersionId& version, const Reason& reason, Timestamp now,
                                          Random& random);

/// All three checklists passed and, where needed, the statement recorded: the content is frozen under its
/// hash.
[[nodiscard]] Result<void> approve_version(storage::Connection& db, const auth::Viewer& viewer,
                                           const CourseVersionId& version);
/// Into the catalogue; the version that was there before retires. An IN_REVIEW version is approved first; a
/// SUSPENDED one comes back by a whole new review.
[[nodiscard]] Result<void> publish_version(storage::Connection& db, const auth::Viewer& viewer,
                                           const CourseVersionId& version, Timestamp now);
/// Out of the catalogue at once, with a reason. Learners keep what they did.
[[nodiscard]] Result<void> suspend_version(storage::Connection& db, const auth::Viewer& viewer,
                                           const CourseVersionId& version, const Reason& reason,
                                           Timestamp now, Random& random);

/// "12:34" or "1:02:03" as a time code; nothing for anything else.
[[nodiscard]] std::optional<Milliseconds> parse_time_code(std::string_view text);

}  // namespace tongxing::services
