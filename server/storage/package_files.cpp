// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/package_files.hpp"

#include "media/package_json/package_json.hpp"
#include "server/storage/files.hpp"

#include <cstdint>
#include <system_error>

namespace tongxing::storage {

namespace {

constexpr std::size_t kLargestPackageJson = 8 << 20;

std::expected<void, PackageFault> check_size(const std::filesystem::path& folder, const std::string& name,
                                             std::int64_t bytes) {
  std::error_code error;
  const std::filesystem::path file = folder / name;
  const auto status = std::filesystem::symlink_status(file, error);
  if (!std::filesystem::exists(status)) return std::unexpected(PackageFault{name, "missing"});
  if (!std::filesystem::is_regular_file(status))
    return std::unexpected(PackageFault{name, "not a regular file"});
  const std::uintmax_t size = std::filesystem::file_size(file, error);
  if (error || size != static_cast<std::uintmax_t>(bytes)) {
    return std::unexpected(
        PackageFault{name, std::to_string(size) + " bytes instead of " + std::to_string(bytes)});
  }
  return {};
}

std::expected<void, PackageFault> check_rendition(const std::filesystem::path& folder,
                                                  const media::model::Rendition& rendition) {
  if (!is_safe_name(rendition.name))
    return std::unexpected(PackageFault{"package.json", "a name is not safe"});
  if (auto init = check_size(folder, rendition.name + "/init.mp4", rendition.init_bytes); !init) return init;
  if (rendition.still_init_bytes > 0) {
    if (auto init = check_size(folder, rendition.name + "/xinit.mp4", rendition.still_init_bytes); !init)
      return init;
  }
  for (std::size_t i = 0; i < rendition.segments.size(); ++i) {
    const std::string name = rendition.name + "/s" + std::to_string(i) + ".m4s";
    if (auto segment = check_size(folder, name, rendition.segments[i].bytes); !segment) return segment;
    const std::int64_t still = rendition.segments[i].still_bytes;
    if (still == 0) continue;
    const std::string longer = rendition.name + "/x" + std::to_string(i) + ".m4s";
    if (auto segment = check_size(folder, longer, still); !segment) return segment;
  }
  return {};
}

}  // namespace

std::expected<void, PackageFault> check_package_files(const std::filesystem::path& folder,
                                                      const media::model::Package& package) {
  for (const media::model::Rendition& rendition : package.renditions) {
    if (auto files = check_rendition(folder, rendition); !files) return files;
  }
  for (const media::model::Rendition& rendition : package.sign) {
    if (auto files = check_rendition(folder, rendition); !files) return files;
  }
  return package.signed_picture ? check_rendition(folder, *package.signed_picture)
                                : std::expected<void, PackageFault>{};
}

std::expected<media::model::Package, PackageFault> read_package_folder(const std::filesystem::path& folder) {
  const auto text = read_small_file(folder / "package.json", kLargestPackageJson);
  if (!text) return std::unexpected(PackageFault{"package.json", "missing, too long or no regular file"});
  auto package = media::read_package(*text);
  if (!package) return std::unexpected(PackageFault{"package.json", "not understood"});
  if (auto files = check_package_files(folder, *package); !files) return std::unexpected(files.error());
  return *package;
}

}  // namespace tongxing::storage
