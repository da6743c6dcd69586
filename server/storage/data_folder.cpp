// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/data_folder.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <string>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace tongxing::storage {

namespace {

std::filesystem::path below(const std::filesystem::path& folder, std::string_view name) {
  if (!is_safe_name(name)) throw std::invalid_argument("not a safe name for a file");
  return folder / name;
}

/// The process id that the holder wrote into the lock file, for the message only.
std::string holder_of(int fd) {
  std::array<char, 32> text{};
  const ssize_t size = ::pread(fd, text.data(), text.size() - 1, 0);
  std::string digits;
  for (ssize_t i = 0;
       i < size && text[static_cast<std::size_t>(i)] >= '0' && text[static_cast<std::size_t>(i)] <= '9';
       ++i) {
    digits.push_back(text[static_cast<std::size_t>(i)]);
  }
  return digits.empty() ? "unknown" : digits;
}

}  // namespace

std::filesystem::path DataLayout::upload(const UploadId& id) const {
  return below(uploads(), id.str());
}
std::filesystem::path DataLayout::original(const AssetId& id) const {
  return below(originals(), id.str());
}
std::filesystem::path DataLayout::media(const AssetId& id) const {
  return below(media(), id.str());
}
std::filesystem::path DataLayout::package(const AssetId& id, std::string_view version) const {
  return below(media(id), version);
}
std::filesystem::path DataLayout::temporary(std::string_view name) const {
  return below(temporary(), name);
}
std::filesystem::path DataLayout::job(const JobId& id, std::int64_t fence) const {
  return temporary(id.str() + "-" + std::to_string(fence));
}

bool has_finished_work(const std::filesystem::path& job_folder) {
  std::error_code error;
  return std::filesystem::is_regular_file(
      std::filesystem::symlink_status(job_folder / "out" / "resume" / "key", error));
}

namespace {

constexpr std::chrono::hours kKeptFor{72};

/// What was being made when the last server ended is of no use, but for media jobs, which go on from what is
/// finished. A job that was taken back meanwhile leaves its folder: it goes when it is old.
void remove_temporary(const std::filesystem::path& folder) {
  if (!std::filesystem::is_directory(std::filesystem::symlink_status(folder))) {
    std::filesystem::remove_all(folder);
    return;
  }
  const auto old = std::filesystem::file_time_type::clock::now() - kKeptFor;
  std::vector<std::filesystem::path> gone;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.is_symlink() || !has_finished_work(entry.path()) ||
        std::filesystem::last_write_time(entry.path() / "out") < old) {
      gone.push_back(entry.path());
    }
  }
  for (const auto& path : gone) std::filesystem::remove_all(path);
}

}  // namespace

DataFolder::DataFolder(const std::filesystem::path& root) : layout_(std::filesystem::absolute(root)) {
  try {
    if (std::filesystem::create_directories(layout_.root())) {
      // Ours alone: it holds password hashes and what people learn.
      std::filesystem::permissions(layout_.root(), std::filesystem::perms::owner_all);
    }
    take_lock();
    remove_temporary(layout_.temporary());
    for (const auto& folder :
         {layout_.uploads(), layout_.originals(), layout_.media(), layout_.temporary()}) {
      std::filesystem::create_directory(folder);
    }
    sync_path(layout_.root());
  } catch (const std::filesystem::filesystem_error& error) {
    if (lock_ >= 0) ::close(lock_);
    throw DataFolderError("the data folder " + layout_.root().string() + " cannot be used: " + error.what() +
                          ". It must be a folder that this user may write to.");
  }
}

DataFolder::~DataFolder() {
  // The file stays: removing it could take the lock away from a server that is starting right now.
  ::close(lock_);
}

void DataFolder::take_lock() {
  const std::string file = layout_.lock().string();
  lock_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640);
  if (lock_ < 0) {
    throw DataFolderError("the lock file " + file + " cannot be opened: " + std::strerror(errno) +
                          ". The data folder must belong to the user who runs the server.");
  }
  if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
    const std::string holder = holder_of(lock_);
    ::close(std::exchange(lock_, -1));
    throw DataFolderError("the data folder " + layout_.root().string() +
                          " is in use by another process (number " + holder +
                          "). Stop that one first, or give this server a data folder of its own.");
  }
  const std::string text = std::to_string(::getpid()) + "\n";
  if (::ftruncate(lock_, 0) != 0 || ::pwrite(lock_, text.data(), text.size(), 0) < 0) {
    // Only the message of a second server would be poorer; a full disk must not keep the first one from
    // starting.
    return;
  }
}

}  // namespace tongxing::storage
