// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/services/upload_writer.hpp"

#include <cstdint>
#include <mutex>
#include <optional>
#include <span>

namespace tongxing::services {

/// The state of one upload in this process: which request writes, and how far it came. Shared by the requests
/// of the upload, thread-safe. The lock is held while bytes are written, synced and recorded, so waiting for
/// it is waiting for the disk, never for a client. Must not be used on the database writer's thread
/// (recording waits for that thread).
class UploadSlot {
 public:
  UploadSlot(const storage::UploadFiles& files, UploadHooks hooks, std::int64_t sync_every);

  /// Held from looking at the offset until `begin`, so that two requests cannot begin at the same one.
  [[nodiscard]] std::mutex& gate() noexcept { return gate_; }

  /// Makes a request that is still writing let go: what it received is made durable, or discarded where it
  /// carried a checksum that cannot be proved any more. Its later calls do nothing.
  void take_over();

  /// The offset that this process made durable last, and the expiry that came with it; nothing before its
  /// first request. Newer than what a reader's snapshot of the database says.
  struct Durable {
    std::int64_t offset = 0;
    Timestamp expires_at{};
  };
  [[nodiscard]] std::optional<Durable> durable();

  /// Begins a request at the row's offset, which is the durable one. A longer file is cut to it: what lies
  /// behind was never promised. Returns the generation that names this request.
  [[nodiscard]] std::uint64_t begin(const storage::UploadRow& row, std::optional<UploadChecksum> checksum);
  [[nodiscard]] bool write(std::uint64_t generation, std::span<const std::byte> piece);
  [[nodiscard]] UploadOutcome finish(std::uint64_t generation, bool complete);

  /// The upload was ended: whoever writes is stopped, nothing is recorded.
  void abandon();

 private:
  /// One request that adds bytes.
  struct Request {
    storage::UploadFile file;
    storage::UploadRow row;
    std::int64_t start = 0;    ///< offset when it began
    std::int64_t written = 0;  ///< offset behind the last byte in the file
    std::int64_t synced = 0;   ///< offset that is durable and recorded
    std::optional<UploadChecksum> checksum;
    std::optional<Digest> piece_digest;
    std::optional<Error> refusal;  ///< why the rest is not wanted
    Timestamp expires_at{};
    bool in_doubt = false;  ///< a sync failed: bytes behind `synced` may be lost though they read back
  };

  [[nodiscard]] UploadOutcome settle(Request& request, bool complete);
  [[nodiscard]] UploadOutcome complete(Request& request);
  [[nodiscard]] std::optional<Error> make_durable(Request& request);
  void discard(Request& request);

  const storage::UploadFiles& files_;
  UploadHooks hooks_;
  std::int64_t sync_every_;
  std::mutex gate_;
  std::mutex mutex_;
  std::uint64_t generation_ = 0;
  std::optional<Request> request_;
  std::optional<Durable> durable_;
  /// SHA-256 of the file's first `hashed_` bytes, while this process wrote them all in order.
  std::optional<Digest> whole_digest_;
  std::int64_t hashed_ = 0;
};

}  // namespace tongxing::services
