// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/worker/playlists.hpp"

#include "media/manifest/package_files.hpp"

#include <string>

namespace tongxing::media::worker {

void write_playlists(const pipeline::OutputFolder& output, const model::Package& package) {
  const manifest::Names names;
  const auto write = [&](const manifest::TextFile& file) {
    const auto slash = file.path.find('/');
    if (slash == std::string::npos) return output.write(file.path, file.text);
    output.folder(file.path.substr(0, slash)).write(file.path.substr(slash + 1), file.text);
  };
  for (const auto& file : manifest::fixed_manifests(package, names)) write(file);
  for (const auto& file : manifest::track_manifests(package, {}, names)) write(file);
}

}  // namespace tongxing::media::worker
