// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/id.hpp"
#include "server/storage/files.hpp"

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string_view>

namespace tongxing::storage {

/// The data folder cannot be used. The message (English, for the person who runs the server) says why and
/// what to do.
class DataFolderError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Where things are in a data folder. Makes no folder and takes no lock: `doctor` looks with this alone.
/// Ids must be safe names (they are ours, but may come from a URL): std::invalid_argument otherwise.
class DataLayout {
 public:
  explicit DataLayout(std::filesystem::path root) : root_(std::move(root)) {}

  [[nodiscard]] const std::filesystem::path& root() const { return root_; }
  [[nodiscard]] std::filesystem::path database() const { return root_ / "tongxing.db"; }
  [[nodiscard]] std::filesystem::path lock() const { return root_ / "lock"; }
  /// Files on their way in (tus), named after the upload.
  [[nodiscard]] std::filesystem::path uploads() const { return root_ / "uploads"; }
  [[nodiscard]] std::filesystem::path upload(const UploadId& id) const;
  /// What was uploaded, whole, named after the asset.
  [[nodiscard]] std::filesystem::path originals() const { return root_ / "originals"; }
  [[nodiscard]] std::filesystem::path original(const AssetId& id) const;
  /// Packages ready to be played: media/<asset>/<version>/.
  [[nodiscard]] std::filesystem::path media() const { return root_ / "media"; }
  [[nodiscard]] std::filesystem::path media(const AssetId& id) const;
  [[nodiscard]] std::filesystem::path package(const AssetId& id, std::string_view version) const;
  /// Work in progress, on the same file system; emptied at start.
  [[nodiscard]] std::filesystem::path temporary() const { return root_ / "tmp"; }
  [[nodiscard]] std::filesystem::path temporary(std::string_view name) const;
  /// Where one claim of a media job works; what its worker makes is below "out".
  [[nodiscard]] std::filesystem::path job(const JobId& id, std::int64_t fence) const;

 private:
  std::filesystem::path root_;
};

/// True where a media job's folder holds segments that its next attempt can go on from.
[[nodiscard]] bool has_finished_work(const std::filesystem::path& job_folder);

/// A data folder in use by this process: made where it was missing, locked against a second server, tmp/
/// emptied. Owner: the composition root, first of all objects; released last. Thread-safe.
class DataFolder {
 public:
  /// Throws DataFolderError: in use by another process (says which), not a folder, not ours to write to.
  explicit DataFolder(const std::filesystem::path& root);
  ~DataFolder();
  DataFolder(const DataFolder&) = delete;
  DataFolder& operator=(const DataFolder&) = delete;

  [[nodiscard]] const DataLayout& layout() const { return layout_; }
  [[nodiscard]] DiskSpace space() const { return disk_space(layout_.root()); }

 private:
  void take_lock();

  DataLayout layout_;
  int lock_ = -1;
};

}  // namespace tongxing::storage
