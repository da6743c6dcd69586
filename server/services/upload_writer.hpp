// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/result.hpp"
#include "server/services/digest.hpp"
#include "server/storage/upload_files.hpp"
#include "server/storage/upload_store.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace tongxing::services {

/// What the client says about the bytes of one request (tus Upload-Checksum).
struct UploadChecksum {
  Digest::Algorithm algorithm = Digest::Algorithm::sha256;
  std::string expected;  ///< raw digest
};

/// How one request to add bytes ended.
struct UploadOutcome {
  enum class Kind {
    saved,              ///< 204: `offset` bytes are on disk
    complete,           ///< 204: the file is whole, `asset` is being prepared
    checksum_mismatch,  ///< 460: nothing of this request was kept
    refused,            ///< `error` says why; `offset` bytes are on disk
  };
  Kind kind = Kind::saved;
  std::int64_t offset = 0;
  Timestamp expires_at{};
  std::optional<AssetId> asset{};
  std::optional<Error> error{};
};

/// What an upload's writer needs done by others; given by Uploads.
struct UploadHooks {
  /// Makes the offset durable in the database and waits for it; returns the new expiry, or why it was not
  /// recorded.
  std::function<Result<Timestamp>(const UploadId&, std::int64_t offset)> record;
  /// The file is whole and synced: keeps it, attaches it to the lesson, queues its preparation.
  std::function<Result<AssetId>(const storage::UploadRow&, const std::optional<std::string>& sha256)>
      complete;
};

class UploadSlot;

/// Receives the body of one request. Called from one thread at a time, which may block on the disk. If it is
/// let go without `finish`, the next request for the upload settles what it received.
class UploadWriter {
 public:
  UploadWriter(std::shared_ptr<UploadSlot> slot, std::uint64_t generation);

  /// False when the rest of the body is not wanted: the disk is full, the upload was ended, another request
  /// took over, or more arrives than was announced. `finish` then says which.
  [[nodiscard]] bool write(std::span<const std::byte> piece);
  /// `complete`: the whole body was read. What was received is made durable first, in either case.
  [[nodiscard]] UploadOutcome finish(bool complete);

 private:
  std::shared_ptr<UploadSlot> slot_;
  std::uint64_t generation_;
};

}  // namespace tongxing::services
