// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/cli/work_folder.hpp"

#include "server/storage/data_folder.hpp"
#include "server/storage/files.hpp"

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

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

/// The folder, locked against other runs; −1 where one has it, or where it is not ours alone: others could
/// have put anything into it.
int locked(const fs::path& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) return -1;
  struct stat info{};
  const bool ours = ::fstat(fd, &info) == 0 && info.st_uid == ::geteuid() && (info.st_mode & 077U) == 0;
  if (ours && ::flock(fd, LOCK_EX | LOCK_NB) == 0) return fd;
  ::close(fd);
  return -1;
}

}  // namespace

/// What a run that was killed has finished for the same target.
bool WorkFolder::take_up(const std::string& prefix) {
  for (const auto& entry : fs::directory_iterator(target_.parent_path())) {
    const bool candidate = entry.path().filename().string().starts_with(prefix);
    if (!candidate || !storage::has_finished_work(entry.path())) continue;
    lock_ = locked(entry.path());
    if (lock_ < 0) continue;
    path_ = entry.path();
    return true;
  }
  return false;
}

WorkFolder::WorkFolder(const fs::path& target) {
  // "out/" names the same folder as "out".
  target_ = fs::absolute(target).lexically_normal();
  if (!target_.has_filename()) target_ = target_.parent_path();
  fs::create_directories(target_.parent_path());
  const std::string prefix = "." + target_.filename().string() + ".part-";
  if (take_up(prefix)) return;
  std::string pattern = (target_.parent_path() / (prefix + "XXXXXX")).string();
  if (::mkdtemp(pattern.data()) == nullptr) {
    throw fs::filesystem_error("mkdtemp", target_, std::error_code(errno, std::generic_category()));
  }
  path_ = pattern;
  lock_ = locked(path_);
  fs::create_directory(package());
}

WorkFolder::~WorkFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
  if (lock_ >= 0) ::close(lock_);
}

void WorkFolder::publish() {
  open_to_readers(package());
  storage::sync_tree(package());
  fs::rename(package(), target_);  // also onto an empty folder
  storage::sync_path(target_.parent_path());
}

}  // namespace tongxing::cli
