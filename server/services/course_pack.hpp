// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "courses/review/pack.hpp"
#include "server/storage/asset_store.hpp"
#include "server/storage/course_version_store.hpp"
#include "server/storage/lesson_store.hpp"
#include "server/storage/side_file_store.hpp"
#include "server/storage/tick_store.hpp"
#include "server/storage/track_store.hpp"

#include <optional>
#include <string>
#include <vector>

/// What a version holds, and what it still lacks before it may be submitted. Only reads.
namespace tongxing::services {

/// A lesson with what was uploaded for it.
struct LessonPack {
  storage::VersionLessonRow lesson;
  std::optional<storage::Asset> asset;
  std::vector<storage::TrackRow> tracks;    ///< captions of every kind
  std::vector<storage::TrackRow> others{};  ///< descriptions, transcripts, chapters
  std::vector<storage::TickRow> ticks{};    ///< of the lesson in every version: see lesson_ticks.hpp
  std::vector<storage::SideFile> sides{};   ///< a signer's video, a recorded description
};

[[nodiscard]] std::vector<LessonPack> pack_of(storage::Connection& db, const CourseVersionId& version);
[[nodiscard]] LessonPack pack_of_lesson(storage::Connection& db, const storage::VersionLessonRow& lesson);

/// One thing that is missing: the message says what to do. `lesson` is empty when it is about the course.
struct Missing {
  std::string message;  ///< key below teaching.missing, named after courses::MissingItem
  LessonId lesson;
  std::string title;  ///< of the lesson
};

/// Empty: the pack is complete for that purpose. In the order of the course.
[[nodiscard]] std::vector<Missing> missing_in(const storage::CourseVersionRow& version,
                                              const std::vector<LessonPack>& pack, courses::PackFor purpose);

/// Whether the reviewer must have recorded that nothing is only shown: some lesson has a picture and no
/// described audio.
[[nodiscard]] bool needs_visual_statement(const std::vector<LessonPack>& pack);

/// SHA-256 over everything that a learner gets: what a reviewer approves is named by it, and a publication
/// proves that nothing has changed since.
[[nodiscard]] std::string content_hash(const storage::CourseVersionRow& version,
                                       const std::vector<LessonPack>& pack);

}  // namespace tongxing::services
