// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/check/segment_ref.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tongxing::media::check {

/// Why a file could not be read.
enum class ReadFault {
  missing,
  not_regular,  ///< a folder, a symbolic link, a device: none of them is followed or opened
  too_large,
  too_short,  ///< the byte range goes past the end
  too_often,  ///< a hostile manifest that has the same bytes read over and over
  failed      ///< the disk says no
};

[[nodiscard]] std::string_view explain(ReadFault fault);

/// The folder under check, read only. Every path is walked folder by folder from its descriptor without
/// following symbolic links, so nothing outside can be reached. One thread.
class PackageFolder {
 public:
  /// Throws std::system_error where there is no such folder.
  explicit PackageFolder(const std::string& path);
  PackageFolder(const PackageFolder&) = delete;
  PackageFolder& operator=(const PackageFolder&) = delete;
  ~PackageFolder();

  /// The bytes of a file, or of its part; at most `limit`.
  [[nodiscard]] std::expected<std::string, ReadFault> read(const FilePart& part, std::size_t limit);
  /// Size of a regular file.
  [[nodiscard]] std::expected<std::uint64_t, ReadFault> size_of(const std::string& file) const;
  /// Names of the regular files directly inside, sorted; at most 10,000.
  [[nodiscard]] std::vector<std::string> files() const;

 private:
  [[nodiscard]] std::expected<int, ReadFault> open(const std::string& file) const;
  [[nodiscard]] bool within_budget(const std::string& file, std::uint64_t size, std::uint64_t wanted);

  int folder_;
  std::map<std::string, std::uint64_t> known_;  ///< size of each file read so far
  std::uint64_t known_bytes_ = 0;
  std::uint64_t read_bytes_ = 0;
};

}  // namespace tongxing::media::check
