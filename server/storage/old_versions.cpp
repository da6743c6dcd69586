// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/old_versions.hpp"

#include "server/storage/asset_store.hpp"

#include <filesystem>
#include <system_error>
#include <vector>

namespace tongxing::storage {

namespace fs = std::filesystem;

std::size_t remove_old_versions(Connection& db, const DataLayout& layout,
                                std::chrono::file_clock::time_point now) {
  std::vector<fs::path> old;
  for (const Asset& asset : AssetStore(db).ready()) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(layout.media(asset.id), error)) {
      if (entry.path().filename() == asset.version || !entry.is_directory(error)) continue;
      const auto changed = fs::last_write_time(entry.path(), error);
      if (!error && now - changed >= kOldVersionKept) old.push_back(entry.path());
    }
  }
  std::size_t removed = 0;
  for (const fs::path& folder : old) {
    std::error_code error;
    fs::remove_all(folder, error);
    if (!error) ++removed;
  }
  return removed;
}

}  // namespace tongxing::storage
