// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace tongxing::cli {

/// A folder beside the one that is to be made, on the same file system; it goes away with this object unless
/// it was published. A run that was killed leaves its folder: the next one for the same target goes on from
/// what is finished there. Throws std::filesystem::filesystem_error.
class WorkFolder {
 public:
  /// Makes ".NAME.part-XXXXXX" beside `target`, or takes up one that nobody works on any more; the parent is
  /// made where it is missing.
  explicit WorkFolder(const std::filesystem::path& target);
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  ~WorkFolder();

  /// Where the package grows.
  [[nodiscard]] std::filesystem::path package() const { return path_ / "out"; }
  /// For the job file and the worker's log.
  [[nodiscard]] std::filesystem::path file(const char* name) const { return path_ / name; }
  /// Everything on the disk, then the package in its place by one rename; `target` must be missing or empty.
  void publish();

 private:
  bool take_up(const std::string& prefix);

  std::filesystem::path target_;
  std::filesystem::path path_;
  int lock_ = -1;  ///< held while this run lives
};

}  // namespace tongxing::cli
