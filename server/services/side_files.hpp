// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/viewer.hpp"
#include "server/base/clock.hpp"
#include "server/base/random.hpp"
#include "server/base/result.hpp"
#include "server/services/addition_state.hpp"
#include "server/services/teaching_access.hpp"
#include "server/storage/data_folder.hpp"
#include "server/storage/side_file_store.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

/// Files beside a lesson's video: a signer's video, a recorded description. They arrive like the lesson's
/// video, by resumable uploads; a job makes of them what joins the lesson's package.
namespace tongxing::services {

/// How far one of a lesson's side files is.
struct SideState {
  std::optional<storage::SideFile> file{};
  AdditionState made{};
};

[[nodiscard]] SideState side_state(storage::Connection& db, const AssetId& asset, storage::SideKind kind);

/// [house] How far a side file may begin before or behind the lesson.
inline constexpr Milliseconds kFurthestOffset = std::chrono::hours(1);

/// What a person types for an offset: seconds with at most three decimals, "-0.8", "1.5", also with the minus
/// and the digits of a Chinese keyboard. Nothing typed is none. Fails for the field `field`.
[[nodiscard]] Result<Milliseconds> read_offset(std::string_view text, const std::string& field);
/// The same the other way round: "-0.8".
[[nodiscard]] std::string offset_text(Milliseconds offset);

/// Whether the lesson has a video that a side file can belong to; `conflict` otherwise.
[[nodiscard]] Result<void> may_have_side_file(storage::Connection& db, const LessonInVersion& lesson);

struct JoinedSideFile {
  AssetId asset;
  std::optional<AssetId> replaced{};  ///< the file that this one replaces; to be removed after the commit
};

/// A file that is whole, and an original already, becomes that of the lesson's draft, in place of an older
/// one of its kind; the asset named in it does not count. Queues the job. In the caller's transaction, on the
/// writer's thread.
[[nodiscard]] Result<JoinedSideFile> join_side_file(storage::Connection& db,
                                                    const storage::DataLayout& layout,
                                                    const LessonInVersion& lesson, storage::SideFile file,
                                                    Timestamp now, Random& random);

/// Changes of what was uploaded. Stateless; any thread. Changes run on the writer's thread, in the caller's
/// transaction. What is published never changes: the draft gets its own copy of a shared video first.
class SideFiles {
 public:
  explicit SideFiles(storage::DataLayout layout) : layout_(std::move(layout)) {}

  /// Moves the file along the lesson; what is made of it is made anew.
  [[nodiscard]] Result<void> set_offset(storage::Connection& db, const auth::Viewer& viewer,
                                        const LessonId& lesson, storage::SideKind kind, Milliseconds offset,
                                        Timestamp now, Random& random) const;
  /// Takes the file and what was made of it away. Gives the file on the disk, which goes after the commit.
  [[nodiscard]] Result<std::filesystem::path> remove(storage::Connection& db, const auth::Viewer& viewer,
                                                     const LessonId& lesson, storage::SideKind kind,
                                                     Timestamp now, Random& random) const;

 private:
  storage::DataLayout layout_;
};

}  // namespace tongxing::services
