// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/output_folder.hpp"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tongxing::media::pipeline {

namespace {

class OpenFile {
 public:
  explicit OpenFile(int fd) noexcept : fd_(fd) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() { ::close(fd_); }
  [[nodiscard]] int fd() const noexcept { return fd_; }

 private:
  int fd_;
};

void write_all(int fd, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(fd, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) throw DiskFault("write", errno);
    bytes = bytes.subspan(static_cast<std::size_t>(put));
  }
}

}  // namespace

DiskFault::DiskFault(const std::string& what, int error)
    : std::runtime_error(what + ": " + std::strerror(error)),
      error_(error) {}  // NOLINT(concurrency-mt-unsafe)

OutputFolder::OutputFolder(OutputFolder&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

OutputFolder& OutputFolder::operator=(OutputFolder&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

OutputFolder::~OutputFolder() {
  if (fd_ >= 0) ::close(fd_);
}

OutputFolder OutputFolder::folder(const std::string& name) const {
  if (::mkdirat(fd_, name.c_str(), 0750) != 0 && errno != EEXIST)
    throw DiskFault("make folder " + name, errno);
  const int fd = ::openat(fd_, name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0) throw DiskFault("open folder " + name, errno);
  return OutputFolder(fd);
}

void OutputFolder::write(const std::string& name, std::span<const std::byte> bytes) const {
  const std::string temporary = name + ".tmp";
  {
    const OpenFile file(
        ::openat(fd_, temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0640));
    if (file.fd() < 0) throw DiskFault("create " + name, errno);
    write_all(file.fd(), bytes);
    if (::fsync(file.fd()) != 0) throw DiskFault("sync " + name, errno);
  }
  if (::renameat(fd_, temporary.c_str(), fd_, name.c_str()) != 0) throw DiskFault("rename " + name, errno);
}

void OutputFolder::write(const std::string& name, std::string_view text) const {
  write(name, std::as_bytes(std::span(text)));
}

void OutputFolder::append(const std::string& name, std::string_view text) const {
  const OpenFile file(
      ::openat(fd_, name.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0640));
  if (file.fd() < 0) throw DiskFault("open " + name, errno);
  write_all(file.fd(), std::as_bytes(std::span(text)));
  if (::fsync(file.fd()) != 0) throw DiskFault("sync " + name, errno);
}

void OutputFolder::remove_folder(const std::string& name) const {
  ::unlinkat(fd_, name.c_str(), AT_REMOVEDIR);
}

void OutputFolder::remove(const std::string& name) const {
  if (::unlinkat(fd_, name.c_str(), 0) != 0 && errno != ENOENT) throw DiskFault("remove " + name, errno);
}

void OutputFolder::remove_rendition(const std::string& name, std::size_t segments) const {
  {
    const OutputFolder inside = folder(name);
    ::unlinkat(inside.fd(), "init.mp4", 0);
    for (std::size_t i = 0; i < segments; ++i) {
      ::unlinkat(inside.fd(), ("s" + std::to_string(i) + ".m4s").c_str(), 0);
    }
  }
  ::unlinkat(fd_, name.c_str(), AT_REMOVEDIR);
}

void OutputFolder::sync() const {
  if (::fsync(fd_) != 0) throw DiskFault("sync folder", errno);
}

}  // namespace tongxing::media::pipeline
