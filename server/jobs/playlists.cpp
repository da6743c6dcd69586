// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/playlists.hpp"

#include "media/manifest/package_files.hpp"
#include "server/storage/files.hpp"

#include <string>

namespace tongxing::jobs {

void write_playlists(const std::filesystem::path& folder, const media::model::Package& package) {
  const auto write = [&folder](const std::string& name, const std::string& text) {
    if (text.empty() || std::filesystem::exists(folder / name)) return;
    storage::replace_file(folder / name, text);
  };
  for (const auto& file : media::manifest::fixed_manifests(package, {})) write(file.path, file.text);
  for (const auto& file : media::manifest::track_manifests(package, {}, {})) write(file.path, file.text);
}

void renew_playlists(const std::filesystem::path& folder, const media::model::Package& package) {
  const auto write = [&folder](const std::string& name, const std::string& text) {
    // Most are as they were, and each that is written waits for the disk.
    if (storage::read_small_file(folder / name, text.size() + 1) == text) return;
    storage::replace_file(folder / name, text);
  };
  for (const auto& file : media::manifest::fixed_manifests(package, {})) write(file.path, file.text);
  for (const auto& file : media::manifest::track_manifests(package, {}, {})) write(file.path, file.text);
  for (const auto& name : media::manifest::absent_manifests(package)) std::filesystem::remove(folder / name);
}

}  // namespace tongxing::jobs
