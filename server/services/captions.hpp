// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/finding.hpp"
#include "server/auth/viewer.hpp"
#include "server/base/clock.hpp"
#include "server/base/random.hpp"
#include "server/base/result.hpp"
#include "server/services/lesson_measures.hpp"
#include "server/storage/data_folder.hpp"
#include "server/storage/track_store.hpp"

#include <array>
#include <cstddef>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tongxing::services {

inline constexpr std::array<std::string_view, 3> kCaptionKinds{"CAPTION", "SUBTITLE", "EASY_READ"};
inline constexpr std::array<std::string_view, 3> kCaptionLanguages{"zh-Hans", "zh-Hant", "en"};

inline constexpr std::array<std::string_view, 3> kCaptionOrigins{"human", "machine", "machine-reviewed"};

/// A caption file as somebody gave it.
struct CaptionUpload {
  std::string kind;      ///< one of kCaptionKinds
  std::string language;  ///< one of kCaptionLanguages
  std::string bytes;     ///< WebVTT, SubRip, SBV, ASS or TTML, in any encoding that is recognised
  /// One of kCaptionOrigins; empty or "human": what the file itself says counts (captions/author_notes.hpp).
  std::string origin{};
  std::string burned_in{};  ///< marks of writing in the picture, one a line, beside those in the file
};

/// What became of it.
struct CaptionReport {
  TrackId track;
  std::size_t cues = 0;
  std::vector<accessibility::Finding> findings;  ///< warnings, by rising line
  std::filesystem::path
      stale;  ///< folder that nothing names any more; empty: none. See Captions::remove_folder
};

/// Why a file was not taken. What was there before stays as it was.
struct CaptionRefusal {
  Error error;
  std::vector<accessibility::Finding> findings{};  ///< every error in the file, with its line
};

/// The text tracks of a lesson's video: read, checked, cut into segments, named in the playlists. Stateless;
/// any thread. Changes run on the writer's thread, in the caller's transaction; files are written before the
/// rows, and playlists are replaced by rename, so a crash leaves a track whole or not at all. If the
/// published version of the course shows the same video, the draft gets its own copy of it first (hard links:
/// no room is taken), because what is published never changes.
class Captions {
 public:
  explicit Captions(storage::DataLayout layout) : layout_(std::move(layout)) {}

  /// Adds the track, or replaces the one of the same kind and language.
  [[nodiscard]] std::expected<CaptionReport, CaptionRefusal> put(storage::Connection& db,
                                                                 const auth::Viewer& viewer,
                                                                 const LessonId& lesson,
                                                                 const CaptionUpload& upload, Timestamp now,
                                                                 Random& random) const;
  /// Gives the folder that is stale now.
  [[nodiscard]] Result<std::filesystem::path> remove(storage::Connection& db, const auth::Viewer& viewer,
                                                     const LessonId& lesson, const TrackId& track,
                                                     Timestamp now, Random& random) const;

  /// The author has read over captions that a machine made.
  [[nodiscard]] static Result<void> confirm(storage::Connection& db, const auth::Viewer& viewer,
                                            const LessonId& lesson, const TrackId& track, Timestamp now);

  /// Removes a stale folder once the change is committed. Never throws: what stays is only litter.
  static void remove_folder(const std::filesystem::path& folder) noexcept;

 private:
  storage::DataLayout layout_;
};

/// Marks a track as read over by the viewer, and writes it into the audit; `conflict` where no machine made
/// it, or somebody was faster. Whether the viewer may is the caller's business.
[[nodiscard]] Result<void> mark_reviewed(storage::Connection& db, const auth::Viewer& viewer,
                                         const LessonId& lesson, const storage::TrackRow& track,
                                         Timestamp now);

/// What a reader of the file should know: the warnings in a stored track, found again.
[[nodiscard]] std::vector<accessibility::Finding> warnings_in(const storage::TrackRow& track,
                                                              const LessonMeasures& measures);

}  // namespace tongxing::services
