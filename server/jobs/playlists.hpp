// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/package.hpp"

#include <filesystem>

namespace tongxing::jobs {

/// Writes what players open into a package's folder, without text tracks, where the worker has not done it:
/// everything that media/manifest/package_files.hpp lists. Durable when it
/// returns. Throws std::filesystem::filesystem_error.
void write_playlists(const std::filesystem::path& folder, const media::model::Package& package);

/// The same for a folder that was filled for another package: what differs is replaced, what the package has
/// not is removed.
void renew_playlists(const std::filesystem::path& folder, const media::model::Package& package);

}  // namespace tongxing::jobs
