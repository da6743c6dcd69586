// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/storage/database.hpp"

#include <filesystem>
#include <memory>

namespace tongxing::tests {

/// A new empty folder of its own, removed with everything in it at the end.
class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// A real, migrated database file in a folder of its own.
class TempDatabase {
 public:
  explicit TempDatabase(const storage::DatabaseOptions& options = {});

  [[nodiscard]] storage::Database& operator*() const { return *database_; }
  [[nodiscard]] storage::Database* operator->() const { return database_.get(); }
  [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "tongxing.db"; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }
  /// Closes and opens the same file again, as a restart does.
  void reopen();

 private:
  TempFolder folder_;
  storage::DatabaseOptions options_;
  std::unique_ptr<storage::Database> database_;
};

}  // namespace tongxing::tests
