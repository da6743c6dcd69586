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

struct UploadRow {
  UploadId id;
  AccountId owner;
  LessonId lesson;
  std::int64_t length_bytes = 0;
  std::int64_t offset_bytes = 0;  ///< never more than what is on disk and synced
  std::string file_name;          ///< for display only
  std::string media_type;
  std::string state;  ///< UPLOADING, UPLOADED, TERMINATED, EXPIRED
  Timestamp created_at;
  Timestamp expires_at;
  std::optional<AssetId> asset;   ///< set when complete: the lesson's
  std::string purpose = "VIDEO";  ///< VIDEO: the lesson itself; else a SideKind
  Milliseconds side_offset{0};    ///< of the side file that it becomes
};

/// What one account, or everybody, still has open.
struct UploadTotals {
  std::int64_t open = 0;             ///< uploads that are UPLOADING
  std::int64_t length_bytes = 0;     ///< their promised lengths together
  std::int64_t remaining_bytes = 0;  ///< what of that has not arrived yet
};

/// Rows of `uploads`. Lives as long as one job on one connection. Throws DatabaseError on faults only.
class UploadStore {
 public:
  explicit UploadStore(Connection& db) : db_(db) {}

  void insert(const UploadRow& row);
  [[nodiscard]] std::optional<UploadRow> find(const UploadId& id);
  /// The owner's uploads that are UPLOADING for this lesson, newest first.
  [[nodiscard]] std::vector<UploadRow> open_for_lesson(const AccountId& owner, const LessonId& lesson);
  [[nodiscard]] UploadTotals totals_of(const AccountId& owner);
  [[nodiscard]] UploadTotals totals();
  /// Bytes of finished originals and side files that the account owns.
  [[nodiscard]] std::int64_t stored_bytes_of(const AccountId& owner);
  /// Every UPLOADING one.
  [[nodiscard]] std::vector<UploadRow> open();
  /// UPLOADING ones that expire at or before `now`.
  [[nodiscard]] std::vector<UploadRow> expired(Timestamp now);
  /// Records how far the file is synced and moves the expiry, while the upload is open; false when it is not.
  [[nodiscard]] bool record_offset(const UploadId& id, std::int64_t offset, Timestamp expires_at);
  /// From UPLOADING to TERMINATED or EXPIRED; false when it was not open.
  [[nodiscard]] bool end(const UploadId& id, std::string_view state);
  /// From UPLOADING to UPLOADED with its whole length; false when it was not open.
  [[nodiscard]] bool complete(const UploadId& id, const AssetId& asset);

 private:
  Connection& db_;
};

}  // namespace tongxing::storage
