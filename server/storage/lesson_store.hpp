// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/clock.hpp"
#include "server/base/id.hpp"
#include "server/storage/connection.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tongxing::storage {

/// A lesson as one version of its course has it.
struct VersionLessonRow {
  CourseVersionId version;
  LessonId lesson;
  std::int64_t ordinal = 1;  ///< from 1, without gaps
  std::string type = "VIDEO";
  std::string title;
  std::string summary;
  std::optional<AssetId> asset;
  bool mandatory = true;
  std::int64_t threshold_percent = 90;  ///< 80…100
};

/// Rows of `lessons` and `version_lessons`. Lives as long as one job on one connection. Throws DatabaseError
/// on faults.
class LessonStore {
 public:
  explicit LessonStore(Connection& db) : db_(db) {}

  /// Makes the lesson's identity; it is in no version yet.
  void insert(const LessonId& lesson, const CourseId& course, Timestamp now);
  [[nodiscard]] std::optional<CourseId> course_of(const LessonId& lesson);

  void add_to_version(const VersionLessonRow& row);
  /// In order.
  [[nodiscard]] std::vector<VersionLessonRow> of_version(const CourseVersionId& version);
  [[nodiscard]] std::optional<VersionLessonRow> find(const CourseVersionId& version, const LessonId& lesson);
  /// The lesson as the newest version that has it has it.
  [[nodiscard]] std::optional<VersionLessonRow> latest(const LessonId& lesson);
  /// Every version's row that shows this asset.
  [[nodiscard]] std::vector<VersionLessonRow> with_asset(const AssetId& asset);
  void update(const CourseVersionId& version, const LessonId& lesson, std::string_view title,
              std::string_view summary);
  void attach(const CourseVersionId& version, const LessonId& lesson, const AssetId& asset);
  /// The order of `lessons` becomes the version's order; it must name every lesson of the version once.
  void reorder(const CourseVersionId& version, const std::vector<LessonId>& lessons);
  /// Takes the lesson out of the version and closes the gap. The lesson's identity stays, learners may have
  /// progress.
  void remove(const CourseVersionId& version, const LessonId& lesson);
  /// Copies every lesson of one version into another one that is empty, identities and assets included.
  void copy(const CourseVersionId& from, const CourseVersionId& to);

 private:
  Connection& db_;
};

}  // namespace tongxing::storage
