// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/cli/work_folder.hpp"

#include "server/storage/files.hpp"

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

namespace tongxing::cli {

namespace fs = std::filesystem;

namespace {

/// The worker writes for its owner alone; what is made here is to be put on a web server.
void open_to_readers(const fs::path& folder) {
  constexpr auto readable =
      fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read | fs::perms::others_read;
  constexpr auto enterable =
      readable | fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec;
  fs::permissions(folder, enterable);
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_symlink()) continue;
    fs::permissions(entry.path(), entry.is_directory() ? enterable : readable);
  }
}

}  // namespace

WorkFolder::WorkFolder(const fs::path& target) {
  // "out/" names the same folder as "out".
  target_ = fs::absolute(target).lexically_normal();
  if (!target_.has_filename()) target_ = target_.parent_path();
  fs::create_directories(target_.parent_path());
  std::string pattern =
      (target_.parent_path() / ("." + target_.filename().string() + ".part-XXXXXX")).string();
  if (::mkdtemp(pattern.data()) == nullptr) {
    throw fs::filesystem_error("mkdtemp", target_, std::error_code(errno, std::generic_category()));
  }
  path_ = pattern;
  fs::create_directory(package());
}

WorkFolder::~WorkFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

void WorkFolder::publish() {
  open_to_readers(package());
  storage::sync_tree(package());
  fs::rename(package(), target_);  // also onto an empty folder
  storage::sync_path(target_.parent_path());
}

}  // namespace tongxing::cli
