// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/file_cache.hpp"

#include "server/http/conditional.hpp"
#include "server/http/date.hpp"

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tongxing::net {
namespace {

std::int64_t modified_ns(const struct stat& info) {
  return static_cast<std::int64_t>(info.st_mtim.tv_sec) * 1'000'000'000 + info.st_mtim.tv_nsec;
}

bool same(const OpenFile& file, const struct stat& info) {
  return S_ISREG(info.st_mode) && file.size == static_cast<std::uint64_t>(info.st_size) &&
         file.modified_ns == modified_ns(info) && file.inode == info.st_ino && file.device == info.st_dev;
}

FileError error_from_errno() {
  switch (errno) {
    case EMFILE:
    case ENFILE:
    case ENOMEM:
    case EIO:
      return FileError::unavailable;
    default:
      return FileError::missing;
  }
}

std::expected<http::SharedBody, FileError> read_whole(int fd, std::size_t size) {
  auto content = std::make_shared<std::string>(size, '\0');
  std::size_t have = 0;
  while (have < size) {
    const ssize_t n = ::pread(fd, content->data() + have, size - have, static_cast<off_t>(have));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return std::unexpected(FileError::unavailable);
    // Cut while we read: what is left is not the file whose size we would announce.
    if (n == 0) return std::unexpected(FileError::missing);
    have += static_cast<std::size_t>(n);
  }
  return content;
}

FileCache::Found open_file(const std::string& path, std::size_t small) {
  // O_NONBLOCK: opening a named pipe must not hold up the thread; O_NOFOLLOW: media folders hold no links.
  FileDescriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW));
  if (!descriptor.valid()) return std::unexpected(error_from_errno());
  struct stat info{};
  if (::fstat(descriptor.get(), &info) != 0) return std::unexpected(error_from_errno());
  if (!S_ISREG(info.st_mode)) return std::unexpected(FileError::missing);
  auto file = std::make_shared<OpenFile>();
  file->size = static_cast<std::uint64_t>(info.st_size);
  file->modified_ns = modified_ns(info);
  file->inode = info.st_ino;
  file->device = info.st_dev;
  file->etag = http::make_etag(file->size, file->modified_ns);
  file->modified = std::chrono::sys_seconds(std::chrono::seconds(info.st_mtim.tv_sec));
  file->last_modified = http::format_http_date(file->modified);
  if (file->size <= small) {
    auto content = read_whole(descriptor.get(), static_cast<std::size_t>(file->size));
    if (!content) return std::unexpected(content.error());
    file->content = std::move(*content);
  } else {
    file->descriptor = std::move(descriptor);
  }
  return file;
}

std::size_t held_bytes(const OpenFile& file) {
  return file.content ? file.content->size() : 0;
}

}  // namespace

FileDescriptor::~FileDescriptor() {
  if (fd_ >= 0) ::close(fd_);
}

FileCache::Found FileCache::open(const std::string& path, std::chrono::milliseconds fresh_for,
                                 std::chrono::steady_clock::time_point now) {
  if (const auto found = index_.find(path); found != index_.end()) {
    const auto entry = found->second;
    bool good = now - entry->checked < fresh_for;
    if (!good) {
      struct stat info{};
      good = ::lstat(path.c_str(), &info) == 0 && same(*entry->file, info);
      if (good) entry->checked = now;
    }
    if (good) {
      if (entry != entries_.begin()) entries_.splice(entries_.begin(), entries_, entry);
      return entry->file;
    }
    forget(entry);
  }
  auto opened = open_file(path, bounds_.small);
  if (!opened) return opened;
  make_room(held_bytes(**opened));
  entries_.push_front({path, *opened, now});
  index_.emplace(entries_.front().path, entries_.begin());
  bytes_ += held_bytes(**opened);
  return opened;
}

void FileCache::forget(Entries::iterator entry) {
  bytes_ -= held_bytes(*entry->file);
  index_.erase(entry->path);
  entries_.erase(entry);
}

void FileCache::make_room(std::size_t bytes) {
  while (!entries_.empty() && (entries_.size() >= bounds_.files || bytes_ + bytes > bounds_.bytes)) {
    forget(std::prev(entries_.end()));
  }
}

}  // namespace tongxing::net
