// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/package.hpp"
#include "server/auth/viewer.hpp"
#include "server/base/clock.hpp"
#include "server/base/id.hpp"
#include "server/base/result.hpp"
#include "server/storage/connection.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the public sees of courses. Only published versions; a learner also sees the version that they began.
namespace tongxing::services {

/// One caption or subtitle of a lesson. Kinds: CAPTION, SUBTITLE, EASY_READ.
struct TextTrackFact {
  std::string kind;
  std::string lang;
  std::string folder;
};

struct LessonFact {
  LessonId id;
  std::int64_t ordinal = 0;
  std::string type;
  std::string title;
  std::string summary;
  bool mandatory = true;
  std::int64_t threshold_percent = 90;
  AssetId asset;  ///< empty: nothing to play yet
  std::string asset_version;
  Milliseconds duration{0};  ///< measured from the media
  bool has_video = false;
  bool has_audio = false;
  std::vector<TextTrackFact> tracks;
  // Only where add_package_facts() was asked:
  bool has_slides = false;             ///< slides.json with stills
  bool has_descriptions = false;       ///< ad/ad.json: what is described, and the clips of it
  bool has_sign = false;               ///< sign.m3u8, the signer's own video
  bool has_signer_in_picture = false;  ///< signed.m3u8
  std::vector<media::model::Chapter> chapters{};

  [[nodiscard]] bool playable() const { return !asset.empty() && !asset_version.empty(); }
};

struct CourseFact {
  CourseId id;
  CourseVersionId version;
  std::string title;
  std::string summary;
  std::string language;
  std::string policy;  ///< OPEN, CREDIT, SUBSIDISED
  Timestamp published_at;
  std::int64_t lessons = 0;
  Milliseconds duration{0};
  std::string class_hours;                 ///< "1.50": computed from the measured duration, never typed
  std::vector<std::string> caption_langs;  ///< languages in which at least one lesson has captions
  bool sound_only = false;                 ///< every lesson can be taken by ear
};

struct CataloguePage {
  std::vector<CourseFact> courses;
  std::int64_t total = 0;
  std::int64_t page = 1;
  std::int64_t pages = 1;
};

inline constexpr std::int64_t kCoursesPerPage = 20;
inline constexpr std::size_t kLongestSearch = 100;  ///< characters (bytes of UTF-8) that a search may have

/// Newest first. `words` is trimmed; longer than kLongestSearch is `invalid` with field "q". `page` counts
/// from 1 and is brought into range.
[[nodiscard]] Result<CataloguePage> list_courses(storage::Connection& db, std::string_view words,
                                                 std::int64_t page);

struct CourseView {
  CourseFact course;
  std::vector<LessonFact> lessons;
  bool enrolled = false;
  bool completed = false;  ///< the viewer has finished it
};

/// A course with its lessons: the version that the viewer began, else the published one. not_found for
/// anything else.
[[nodiscard]] Result<CourseView> view_course(storage::Connection& db, const auth::Viewer& viewer,
                                             const CourseId& course);

}  // namespace tongxing::services
