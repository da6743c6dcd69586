// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/package.hpp"

#include <expected>
#include <filesystem>
#include <string>

namespace tongxing::storage {

/// Something is wrong with the files of a package.
struct PackageFault {
  std::string file;    ///< below the package's folder
  std::string detail;  ///< for the log: "missing", "812 bytes instead of 900", …
};

/// Reads package.json of a folder and compares every init.mp4 and s<n>.m4s with what it says: there, a
/// regular file, of that size. The folder is taken as hostile.
[[nodiscard]] std::expected<media::model::Package, PackageFault> read_package_folder(
    const std::filesystem::path& folder);

/// The second half alone: the files of a package that is known already (the database's copy).
[[nodiscard]] std::expected<void, PackageFault> check_package_files(const std::filesystem::path& folder,
                                                                    const media::model::Package& package);

}  // namespace tongxing::storage
