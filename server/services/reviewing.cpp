// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/reviewing.hpp"

#include "server/auth/audit.hpp"
#include "server/services/captions.hpp"
#include "server/services/course_details.hpp"
#include "server/services/lesson_access.hpp"
#include "server/services/lesson_ticks.hpp"
#include "server/services/teaching_access.hpp"
#include "server/services/version_flow.hpp"

#include <algorithm>
#include <utility>

namespace tongxing::services {
namespace {

constexpr std::size_t kLongestNote = 2000;  // characters
constexpr std::int64_t kMostSupervised = 200;

QueueItem item_of(storage::Connection& db, storage::CourseVersionRow version) {
  const auto lessons = storage::LessonStore(db).of_version(version.id).size();
  const Timestamp since = version.submitted_at.value_or(version.created_at);
  return {std::move(version), lessons, since + kReviewTime};
}

std::vector<QueueItem> items_of(storage::Connection& db, std::vector<storage::CourseVersionRow> versions) {
  std::vector<QueueItem> found;
  for (auto& version : versions) found.push_back(item_of(db, std::move(version)));
  return found;
}

/// Who did what to which version; the words of a reason are in its own table.
void trail(storage::Connection& db, const auth::Viewer& viewer, std::string action,
           const CourseVersionId& version, Timestamp now) {
  auth::record(db, now, {viewer.account.str(), std::move(action), "course_version", version.str(), {}});
}

Result<storage::ReviewReasonRow> reason_row(storage::Connection& db, const storage::CourseVersionRow& version,
                                            const auth::Viewer& viewer, const Reason& reason,
                                            std::string_view kind, Timestamp now, Random& random) {
  const std::string text = tidied_text(reason.text);
  if (text.empty()) return fail_field("reason", "errors.review.reasons_missing");
  if (characters_in(text) > kLongestNote) {
    return fail_field("reason", "errors.review.text_long", {{"limit", std::to_string(kLongestNote)}});
  }
  if (reason.lesson && !storage::LessonStore(db).find(version.id, *reason.lesson)) {
    return fail_field("lesson", "errors.review.lesson");
  }
  return storage::ReviewReasonRow{
      random_text(random, 128),
      version.id,
      viewer.account,
      std::string(kind),
      reason.lesson,
      reason.lesson ? std::optional(reason.at.value_or(Milliseconds{0})) : std::nullopt,
      text,
      now};
}

}  // namespace

std::vector<QueueItem> review_queue(storage::Connection& db, const auth::Viewer& viewer) {
  return items_of(db, storage::CourseVersionStore(db).waiting_for_review(viewer.account));
}

std::vector<QueueItem> supervised_courses(storage::Connection& db, const auth::Viewer& viewer) {
  auto versions = storage::CourseVersionStore(db).supervised(kMostSupervised);
  std::erase_if(versions, [&](const auto& version) { return is_author(viewer, version); });
  return items_of(db, std::move(versions));
}

Result<ReviewView> review_view(storage::Connection& db, const auth::Viewer& viewer,
                               const CourseVersionId& id) {
  auto version = reviewable_version(db, viewer, id);
  if (!version) return std::unexpected(version.error());
  ReviewView view;
  view.version = std::move(*version);
  view.pack = pack_of(db, id);
  view.checklists = newest_checklists(db, view.version);
  view.reasons = storage::ReviewStore(db).reasons_of_course(view.version.course);
  view.statement_needed = needs_visual_statement(view.pack);
  view.missing = missing_in(view.version, view.pack, courses::PackFor::publication);
  view.content_hash = content_hash(view.version, view.pack);
  return view;
}

Result<void> take_into_review(storage::Connection& db, const auth::Viewer& viewer,
                              const CourseVersionId& id) {
  const auto version = reviewable_version(db, viewer, id);
  if (!version) return std::unexpected(version.error());
  auto moved = step(db, *version, courses::Action::take, actor_of(viewer, *version), {});
  if (moved) storage::CourseVersionStore(db).set_reviewer(id, viewer.account);
  return moved;
}

Result<void> record_checklist(storage::Connection& db, const auth::Viewer& viewer, const CourseVersionId& id,
                              const ChecklistResult& result, Timestamp now, Random& random) {
  const auto version = version_in_review(db, viewer, id);
  if (!version) return std::unexpected(version.error());
  if (std::ranges::find(kChecklists, result.checklist) == kChecklists.end()) {
    return fail_field("checklist", "errors.review.checklist");
  }
  const std::string note = tidied_text(result.note);
  if (characters_in(note) > kLongestNote) {
    return fail_field("note", "errors.review.text_long", {{"limit", std::to_string(kLongestNote)}});
  }
  if (!result.passed && note.empty()) return fail_field("note", "errors.review.note_missing");
  if (result.passed && result.checklist == "ACCESSIBILITY") {
    if (const auto open = lesson_with_open_ticks(pack_of(db, id))) {
      return fail(ErrorCode::conflict, "errors.review.ticks_open", {{"lesson", open->lesson.title}});
    }
  }
  storage::ReviewStore(db).insert(
      {random_text(random, 128), id, viewer.account, result.checklist, result.passed, note, now});
  return {};
}

Result<void> record_visual_statement(storage::Connection& db, const auth::Viewer& viewer,
                                     const CourseVersionId& id, std::string_view statement) {
  const auto version = version_in_review(db, viewer, id);
  if (!version) return std::unexpected(version.error());
  const std::string text = tidied_text(statement);
  if (characters_in(text) > kLongestNote) {
    return fail_field("statement", "errors.review.text_long", {{"limit", std::to_string(kLongestNote)}});
  }
  storage::CourseVersionStore(db).set_visual_statement(id, text);
  return {};
}

Result<void> confirm_captions(storage::Connection& db, const auth::Viewer& viewer, const CourseVersionId& id,
                              const TrackId& track, Timestamp now) {
  const auto version = version_in_review(db, viewer, id);
  if (!version) return std::unexpected(version.error());
  for (const auto& lesson : pack_of(db, id)) {
    const auto found = std::ranges::find(lesson.tracks, track, &storage::TrackRow::id);
    if (found != lesson.tracks.end()) {
      return mark_reviewed(db, viewer, lesson.lesson.lesson, *found, now);
    }
  }
  return fail(ErrorCode::not_found, "errors.captions.not_found");
}

Result<void> return_version(storage::Connection& db, const auth::Viewer& viewer, const CourseVersionId& id,
                            const Reason& reason, Timestamp now, Random& random) {
  const auto version = reviewable_version(db, viewer, id);
  if (!version) return std::unexpected(version.error());
  const auto row = reason_row(db, *version, viewer, reason, "RETURN", now, random);
  if (!row) return std::unexpected(row.error());
  auto moved = step(db, *version, courses::Action::give_back, actor_of(viewer, *version),
                    {.reasons = courses::Reasons::given});
  if (!moved) return moved;
  storage::ReviewStore(db).insert_reason(*row);
  trail(db, viewer, "course.returned", id, now);
  return {};
}

Result<void> approve_version(storage::Connection& db, const auth::Viewer& viewer, const CourseVersionId& id) {
  const auto version = reviewable_version(db, viewer, id);
  if (!version) return std::unexpected(version.error());
  auto moved = step(db, *version, courses::Action::approve, actor_of(viewer, *version),
                    publication_case(db, *version));
  if (moved) {
    storage::CourseVersionStore(db).set_content_hash(id, content_hash(*version, pack_of(db, id)));
  }
  return moved;
}

Result<void> publish_version(storage::Connection& db, const auth::Viewer& viewer, const CourseVersionId& id,
                             Timestamp now) {
  auto version = reviewable_version(db, viewer, id);
  if (!version) return std::unexpected(version.error());
  storage::CourseVersionStore versions(db);
  if (version->state == "IN_REVIEW") {
    if (auto approved = approve_version(db, viewer, id); !approved) return approved;
    version = *versions.find(id);
  }
  const auto action =
      version->state == "SUSPENDED" ? courses::Action::publish_again : courses::Action::publish;
  const auto moved = step(db, *version, action, actor_of(viewer, *version), publication_case(db, *version));
  if (!moved) return moved;
  if (content_hash(*version, pack_of(db, id)) != version->content_hash) {
    return fail(ErrorCode::conflict, "errors.review.changed");
  }
  storage::CourseStore courses(db);
  const auto course = courses.find(version->course);
  if (course && course->published_version && *course->published_version != id) {
    static_cast<void>(versions.move(*course->published_version, "PUBLISHED", "RETIRED"));
  }
  versions.set_published_at(id, now);
  record_access(db, id, now);
  courses.set_published(version->course, id);
  trail(db, viewer, "course.published", id, now);
  return {};
}

Result<void> suspend_version(storage::Connection& db, const auth::Viewer& viewer, const CourseVersionId& id,
                             const Reason& reason, Timestamp now, Random& random) {
  const auto version = reviewable_version(db, viewer, id);
  if (!version) return std::unexpected(version.error());
  const auto row = reason_row(db, *version, viewer, reason, "SUSPEND", now, random);
  if (!row) return std::unexpected(row.error());
  auto moved = step(db, *version, courses::Action::suspend, actor_of(viewer, *version),
                    {.reasons = courses::Reasons::given});
  if (!moved) return moved;
  storage::CourseVersionStore versions(db);
  // What was judged before counts no more: a new review begins now.
  versions.set_submitted(id, now);
  versions.set_visual_statement(id, "");
  storage::CourseStore(db).set_published(version->course, std::nullopt);
  storage::ReviewStore(db).insert_reason(*row);
  trail(db, viewer, "course.suspended", id, now);
  return {};
}

std::optional<Milliseconds> parse_time_code(std::string_view text) {
  std::int64_t parts[3] = {};
  std::size_t count = 0;
  std::size_t digits = 0;
  for (const char c : text) {
    if (c == ':') {
      if (digits == 0 || ++count > 2) return std::nullopt;
      digits = 0;
    } else if (c >= '0' && c <= '9' && ++digits <= 3) {
      parts[count] = parts[count] * 10 + (c - '0');
    } else {
      return std::nullopt;
    }
  }
  if (count == 0 || digits != 2 || (count == 2 && parts[1] > 59) || parts[count] > 59) return std::nullopt;
  const std::int64_t seconds =
      count == 1 ? parts[0] * 60 + parts[1] : (parts[0] * 60 + parts[1]) * 60 + parts[2];
  return std::chrono::seconds(seconds);
}

}  // namespace tongxing::services
