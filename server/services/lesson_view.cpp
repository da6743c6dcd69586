// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/lesson_view.hpp"

#include "accessibility/captions/caption_file.hpp"
#include "accessibility/transcript/transcript.hpp"
#include "server/services/learning_summary.hpp"
#include "server/storage/catalogue_store.hpp"
#include "server/storage/credit_store.hpp"

#include <algorithm>
#include <utility>

namespace tongxing::services {
namespace {

/// Captions in the page's language, else the first captions there are (they come in order).
const TextTrackFact* transcript_track(const LessonFact& lesson, std::string_view language) {
  const auto fits = [&](const TextTrackFact& track) { return track.lang == language && track.kind != "EASY_READ"; };
  const auto found = std::ranges::find_if(lesson.tracks, fits);
  if (found != lesson.tracks.end()) return &*found;
  return lesson.tracks.empty() ? nullptr : &lesson.tracks.front();
}

std::vector<TranscriptLine> transcript_from(const std::string& source) {
  std::vector<TranscriptLine> lines;
  const auto file = accessibility::read_captions(source);
  if (!file) return lines;  // checked when it was uploaded; a reader of the page can do nothing about it
  for (auto& paragraph : accessibility::transcript_of(file->track)) {
    lines.push_back({paragraph.start, std::move(paragraph.speaker), std::move(paragraph.text)});
  }
  return lines;
}

}  // namespace

Result<LessonView> view_lesson(storage::Connection& db, const auth::Viewer& viewer, const CourseId& course,
                               const LessonId& lesson, std::string_view language) {
  auto seen = view_course(db, viewer, course);
  if (!seen) return std::unexpected(std::move(seen.error()));
  LessonView view;
  view.course = *std::move(seen);
  const auto found = std::ranges::find(view.course.lessons, lesson, &LessonFact::id);
  if (found == view.course.lessons.end()) return fail(ErrorCode::not_found, "errors.learning.no_lesson");
  view.index = static_cast<std::size_t>(found - view.course.lessons.begin());
  if (const TextTrackFact* track = transcript_track(*found, language)) {
    view.transcript = transcript_from(storage::CatalogueStore(db).track_source(found->asset, track->kind, track->lang));
    view.transcript_lang = track->lang;
  }
  if (view.course.enrolled) {
    view.progress = progress_in(db, viewer.account, view.course)[view.index];
    view.course_points = storage::CreditStore(db).total_in_course(viewer.account, course);
  }
  return view;
}

}  // namespace tongxing::services
