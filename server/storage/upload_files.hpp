// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/id.hpp"
#include "server/storage/data_folder.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tongxing::storage {

/// One unfinished upload's file, open for appending. Move-only; one thread at a time.
class UploadFile {
 public:
  UploadFile(UploadFile&& other) noexcept;
  UploadFile& operator=(UploadFile&& other) noexcept;
  UploadFile(const UploadFile&) = delete;
  UploadFile& operator=(const UploadFile&) = delete;
  ~UploadFile();

  /// Appends at `at` (the caller's offset). False when the disk or the quota is full: then the file may hold
  /// a part of it. Throws std::system_error on any other failure.
  [[nodiscard]] bool write(std::int64_t at, std::span<const std::byte> piece);
  /// Makes everything written durable (fdatasync). False when the disk is full; throws on an I/O error: after
  /// one, what was written since the last success must be taken as lost.
  [[nodiscard]] bool sync();
  void truncate(std::int64_t length);
  [[nodiscard]] std::int64_t size() const;

 private:
  friend class UploadFiles;
  explicit UploadFile(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

/// The folders `uploads/` (unfinished, named after the upload) and `originals/` (whole, named after the
/// asset) of a data folder. Thread-safe: every call is one file operation. Throws std::system_error on
/// faults.
class UploadFiles {
 public:
  /// Makes both folders where they are missing.
  explicit UploadFiles(DataLayout layout);
  [[nodiscard]] const DataLayout& layout() const noexcept { return layout_; }

  /// Opens the upload's file for writing, making it where it is missing.
  [[nodiscard]] UploadFile open(const UploadId& upload) const;
  /// Size of the unfinished file; nothing when it does not exist.
  [[nodiscard]] std::optional<std::int64_t> size(const UploadId& upload) const;
  void remove(const UploadId& upload) const;
  /// The whole file becomes originals/<asset>: renamed, both folders synced. Does nothing when it has been
  /// done before.
  void keep(const UploadId& upload, const AssetId& asset) const;
  [[nodiscard]] std::filesystem::path original(const AssetId& asset) const;
  [[nodiscard]] std::optional<std::int64_t> original_size(const AssetId& asset) const;
  void remove_original(const AssetId& asset) const;
  /// Reads a file from the start in pieces of 1 MiB.
  void read(const std::filesystem::path& file,
            const std::function<void(std::span<const std::byte>)>& piece) const;
  [[nodiscard]] std::filesystem::path path(const UploadId& upload) const;
  /// Names of the files in uploads/, for sweeping what no row knows.
  [[nodiscard]] std::vector<UploadId> all() const;
  /// Bytes of the file system that we may still write.
  [[nodiscard]] std::int64_t free_bytes() const;

 private:
  DataLayout layout_;
};

}  // namespace tongxing::storage
