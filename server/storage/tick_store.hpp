// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/clock.hpp"
#include "server/base/id.hpp"
#include "server/storage/connection.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tongxing::storage {

/// What a person confirmed about a track of a lesson in a version.
struct TickRow {
  CourseVersionId version;
  LessonId lesson;
  std::string point;  ///< ON_SCREEN_TEXT, SIGN_PICTURE, SIGN_CONSENT, SIGN_CONSENT_STATED
  std::string about;  ///< fingerprint of the track
  AccountId ticked_by;
  Timestamp ticked_at;
};

/// Rows of `lesson_ticks`: one a point of a lesson in a version. Lives as long as one job on one connection.
/// Throws DatabaseError on faults only.
class TickStore {
 public:
  explicit TickStore(Connection& db) : db_(db) {}

  /// Replaces what was ticked there before.
  void put(const TickRow& row);
  void remove(const CourseVersionId& version, const LessonId& lesson, std::string_view point);
  /// Of a lesson, in all versions of its course, the newest first.
  [[nodiscard]] std::vector<TickRow> of_lesson(const LessonId& lesson);

 private:
  Connection& db_;
};

}  // namespace tongxing::storage
