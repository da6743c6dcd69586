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

/// One published course as the catalogue lists it.
struct CatalogueRow {
  CourseId course;
  CourseVersionId version;
  std::string title;
  std::string summary;
  std::string language;  ///< BCP 47 tag of the teaching
  std::string policy;    ///< OPEN, CREDIT, SUBSIDISED
  Timestamp published_at;
  std::int64_t lessons = 0;
  Milliseconds duration{0};  ///< measured, over all lessons
};

/// One lesson of a version with what can be played of it.
struct CatalogueLessonRow {
  LessonId lesson;
  std::int64_t ordinal = 0;
  std::string type;
  std::string title;
  std::string summary;
  bool mandatory = true;
  std::int64_t threshold_percent = 90;
  AssetId asset;              ///< empty: nothing to play
  std::string asset_version;  ///< folder of the package
  Milliseconds duration{0};   ///< measured
  bool has_video = false;
  bool has_audio = false;
};

struct CatalogueTrackRow {
  AssetId asset;
  std::string kind;  ///< CAPTION, SUBTITLE, EASY_READ
  std::string lang;  ///< BCP 47
  std::string folder;
};

/// What learners and the public may see of courses: published versions, and for a learner the version that
/// they began. Lives for one job on one connection.
class CatalogueStore {
 public:
  explicit CatalogueStore(Connection& db) : db_(db) {}

  /// Newest first. `words` is looked for in title and summary as it stands; empty: all.
  [[nodiscard]] std::vector<CatalogueRow> search(std::string_view words, std::int64_t limit,
                                                 std::int64_t offset);
  [[nodiscard]] std::int64_t count(std::string_view words);

  /// The version that the catalogue shows.
  [[nodiscard]] std::optional<CatalogueRow> published(const CourseId& course);
  /// A version that may still be studied: published, or retired and begun by this account.
  [[nodiscard]] std::optional<CatalogueRow> begun(const CourseId& course, const AccountId& account);

  /// In order.
  [[nodiscard]] std::vector<CatalogueLessonRow> lessons(const CourseVersionId& version);
  [[nodiscard]] std::optional<CourseId> course_of(const LessonId& lesson);
  /// Text tracks of every lesson of the version, captions first.
  [[nodiscard]] std::vector<CatalogueTrackRow> tracks(const CourseVersionId& version);
  /// The caption file of one track as it was given; empty when there is none.
  [[nodiscard]] std::string track_source(const AssetId& asset, std::string_view kind, std::string_view lang);

 private:
  Connection& db_;
};

}  // namespace tongxing::storage
