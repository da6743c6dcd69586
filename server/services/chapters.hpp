// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/viewer.hpp"
#include "server/base/clock.hpp"
#include "server/base/random.hpp"
#include "server/base/result.hpp"
#include "server/storage/connection.hpp"
#include "server/storage/data_folder.hpp"
#include "server/storage/track_store.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace tongxing::services {

/// What an author gives as chapters; the file counts where there is one.
struct ChaptersGiven {
  std::string file{};   ///< bytes of a caption file of any format, a cue a chapter
  std::string typed{};  ///< a time and a title a line
};

/// What is kept of an asset's chapters.
struct ChaptersKept {
  storage::TrackRow track;
  std::string typed;  ///< as the form takes them
};
[[nodiscard]] std::optional<ChaptersKept> chapters_of(storage::Connection& db, const AssetId& asset);

/// The chapters of a lesson's video: read, checked, kept, and put into its package at once. Stateless; any
/// thread. Changes run on the writer's thread, in the caller's transaction. What is published never changes:
/// the draft gets its own copy of a shared video first.
class Chapters {
 public:
  explicit Chapters(storage::DataLayout layout) : layout_(std::move(layout)) {}

  /// Adds chapters or replaces those that are there. Gives how many. Errors name the field "chapters_file" or
  /// "chapters_text", and the line.
  [[nodiscard]] Result<std::size_t> put(storage::Connection& db, const auth::Viewer& viewer,
                                        const LessonId& lesson, const ChaptersGiven& given, Timestamp now,
                                        Random& random) const;
  [[nodiscard]] Result<void> remove(storage::Connection& db, const auth::Viewer& viewer,
                                    const LessonId& lesson, Timestamp now, Random& random) const;

 private:
  storage::DataLayout layout_;
};

}  // namespace tongxing::services
