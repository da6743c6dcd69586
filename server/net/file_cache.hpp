// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/message.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace tongxing::net {

/// Owns a file descriptor.
class FileDescriptor {
 public:
  explicit FileDescriptor(int fd = -1) noexcept : fd_(fd) {}
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~FileDescriptor();
  [[nodiscard]] int get() const noexcept { return fd_; }
  [[nodiscard]] bool valid() const noexcept { return fd_ >= 0; }
  [[nodiscard]] int release() noexcept { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

/// A regular file as it was when it was opened. Small ones are in memory and hold no descriptor.
struct OpenFile {
  FileDescriptor descriptor;
  http::SharedBody content;  ///< set for files of at most Bounds::small bytes
  std::uint64_t size = 0;
  std::int64_t modified_ns = 0;
  std::uint64_t inode = 0;
  std::uint64_t device = 0;
  std::string etag;
  std::string last_modified;  ///< HTTP date
  std::chrono::sys_seconds modified;
};

enum class FileError {
  missing,      ///< not there, not a regular file, or not ours to read
  unavailable,  ///< no descriptors or memory left, or the disk fails: may work later
};

/// Files that were served lately, least recently used out first. One an I/O thread; not thread-safe. A file
/// that changed (size, time, inode) is opened anew; transfers under way go on with the old one.
class FileCache {
 public:
  struct Bounds {
    std::size_t files;  ///< entries, each with a descriptor or a content
    std::size_t bytes;  ///< of contents
    std::size_t small;  ///< bytes of the largest file that is kept as content
  };
  explicit FileCache(const Bounds& bounds) : bounds_(bounds) {}

  using Found = std::expected<std::shared_ptr<const OpenFile>, FileError>;
  /// `fresh_for`: trust what is cached for so long without a look at the disk.
  Found open(const std::string& path, std::chrono::milliseconds fresh_for,
             std::chrono::steady_clock::time_point now);

 private:
  struct Entry {
    std::string path;
    std::shared_ptr<const OpenFile> file;
    std::chrono::steady_clock::time_point checked;
  };
  using Entries = std::list<Entry>;

  void forget(Entries::iterator entry);
  void make_room(std::size_t bytes);

  Bounds bounds_;
  std::size_t bytes_ = 0;
  Entries entries_;  ///< most recently used first
  std::unordered_map<std::string_view, Entries::iterator> index_;
};

}  // namespace tongxing::net
