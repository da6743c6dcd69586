// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/viewer.hpp"
#include "server/base/clock.hpp"
#include "server/base/random.hpp"
#include "server/base/result.hpp"
#include "server/services/upload_writer.hpp"
#include "server/storage/database.hpp"
#include "server/storage/side_file_store.hpp"
#include "server/storage/upload_files.hpp"
#include "server/storage/upload_store.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tongxing::services {

/// What an instructor may upload. Bytes unless it says otherwise.
struct UploadLimits {
  std::int64_t longest = std::int64_t{8} << 30;  ///< one file
  std::int64_t quota = std::int64_t{64} << 30;   ///< originals and open uploads of one instructor together
  std::int64_t parallel = 3;                     ///< open uploads of one instructor
  std::int64_t reserve = std::int64_t{1}
                         << 30;  ///< what must stay free on the disk beside every promised byte
  std::int64_t sync_every = std::int64_t{8} << 20;  ///< bytes between two fdatasync calls
  Milliseconds life = std::chrono::days(7);         ///< since the last byte that arrived
};

struct NewUpload {
  std::int64_t length = 0;
  LessonId lesson;
  std::string file_name;
  std::string media_type;
  /// What it is for, where it is not the lesson's video itself, and where it begins on the lesson's time
  /// line.
  std::optional<storage::SideKind> side{};
  Milliseconds side_offset{0};
};

/// One request to add bytes, decided from its head.
struct UploadPiece {
  std::int64_t offset = 0;
  std::optional<std::int64_t> length;  ///< of the body, where the client said so
  std::optional<UploadChecksum> checksum;
};

/// Resumable uploads (tus 1.0): creation, status, writing, termination, expiry.
/// Promise: the offset that is told to anybody never exceeds what is synced to the disk.
/// Owner: the composition root; one object a data folder; thread-safe. An upload belongs to its owner alone:
/// for anybody else it does not exist. A newer request for the same upload takes over from one that hangs on
/// a dead connection. Functions that are given `db` only read with it; they write through the database's
/// writer and wait for the commit, so none of them but `create` may run on the writer's thread.
class Uploads {
 public:
  Uploads(storage::Database& database, const storage::UploadFiles& files, const Clock& clock, Random& random,
          UploadLimits limits = {});

  /// Runs on the writer's thread (Lane::write). Checks rights, quota, parallel uploads and the room on the
  /// disk.
  [[nodiscard]] Result<storage::UploadRow> create(storage::Connection& db, const auth::Viewer& viewer,
                                                  const NewUpload& asked);
  /// Where the upload is. Makes a hanging request let go first, so the offset is the newest one.
  [[nodiscard]] Result<storage::UploadRow> status(storage::Connection& db, const auth::Viewer& viewer,
                                                  const UploadId& id);
  /// Begins to add bytes. The writer must be finished; a second one for the same upload takes over from it.
  [[nodiscard]] Result<std::unique_ptr<UploadWriter>> open(storage::Connection& db,
                                                           const auth::Viewer& viewer, const UploadId& id,
                                                           const UploadPiece& piece);
  /// Ends the upload and removes its file.
  [[nodiscard]] Result<void> terminate(storage::Connection& db, const auth::Viewer& viewer,
                                       const UploadId& id);

  /// The viewer's open uploads for a lesson, newest first: for the page that says how to go on.
  [[nodiscard]] std::vector<storage::UploadRow> open_for_lesson(storage::Connection& db,
                                                                const auth::Viewer& viewer,
                                                                const LessonId& lesson) const;
  /// Ends what has expired, removes files that no open upload knows, and finishes uploads that a crash
  /// stopped between the rename and the commit. Call at the start and then now and then, from a background
  /// thread. Returns how many uploads it ended.
  std::size_t sweep();

  [[nodiscard]] const UploadLimits& limits() const noexcept { return limits_; }

 private:
  [[nodiscard]] std::shared_ptr<UploadSlot> slot(const UploadId& id);
  void forget(const UploadId& id);
  /// Stops whoever writes and removes the file.
  void drop(const UploadId& id);
  [[nodiscard]] Result<Timestamp> record(const UploadId& id, std::int64_t offset);
  [[nodiscard]] Result<AssetId> keep(const storage::UploadRow& row,
                                     const std::optional<std::string>& known_sha256);
  [[nodiscard]] Result<storage::UploadRow> owned(storage::Connection& db, const auth::Viewer& viewer,
                                                 const UploadId& id) const;
  [[nodiscard]] Result<storage::UploadRow> settled(UploadSlot& slot, storage::UploadRow row);

  storage::Database& database_;
  const storage::UploadFiles& files_;
  const Clock& clock_;
  Random& random_;
  UploadLimits limits_;
  std::mutex mutex_;  ///< guards slots_ only; never held during a file operation
  std::unordered_map<UploadId, std::shared_ptr<UploadSlot>> slots_;
};

}  // namespace tongxing::services
