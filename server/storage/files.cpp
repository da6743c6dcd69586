// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/files.hpp"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace tongxing::storage {

namespace {

[[noreturn]] void raise(const char* what, const std::filesystem::path& path) {
  throw std::filesystem::filesystem_error(what, path, std::error_code(errno, std::generic_category()));
}

/// A file descriptor that closes itself.
class File {
 public:
  File(const std::filesystem::path& path, int flags)
      : path_(path), fd_(::open(path.c_str(), flags | O_CLOEXEC, 0640)) {
    if (fd_ < 0) raise("open", path_);
  }
  ~File() { ::close(fd_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  [[nodiscard]] int fd() const { return fd_; }
  void sync() const {
    if (::fsync(fd_) != 0) raise("fsync", path_);
  }
  void write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t written = ::write(fd_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) raise("write", path_);
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }

 private:
  std::filesystem::path path_;
  int fd_;
};

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
         c == '-';
}

}  // namespace

bool is_safe_name(std::string_view name) {
  return !name.empty() && name.size() <= 128 && name.front() != '.' &&
         std::ranges::all_of(name, is_name_character);
}

std::optional<std::filesystem::path> safe_join(const std::filesystem::path& base, std::string_view relative) {
  std::filesystem::path joined = base;
  while (true) {
    const std::size_t slash = relative.find('/');
    const std::string_view name = relative.substr(0, slash);
    if (!is_safe_name(name)) return std::nullopt;
    joined /= name;
    if (slash == std::string_view::npos) return joined;
    relative.remove_prefix(slash + 1);
  }
}

void sync_path(const std::filesystem::path& path) {
  File(path, O_RDONLY | O_NOFOLLOW).sync();
}

void sync_tree(const std::filesystem::path& folder) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const auto status = entry.symlink_status();
    if (!std::filesystem::is_regular_file(status) && !std::filesystem::is_directory(status)) {
      errno = ELOOP;
      raise("neither a file nor a folder", entry.path());
    }
    sync_path(entry.path());
  }
  sync_path(folder);
}

void publish_folder(const std::filesystem::path& from, const std::filesystem::path& to) {
  sync_tree(from);
  const std::filesystem::path parent = to.parent_path();
  std::filesystem::create_directories(parent);
  sync_path(parent.parent_path());
  if (std::filesystem::exists(std::filesystem::symlink_status(to))) {
    errno = EEXIST;
    raise("publish", to);
  }
  std::filesystem::rename(from, to);
  sync_path(parent);
}

void replace_file(const std::filesystem::path& file, std::string_view bytes) {
  static std::atomic<std::uint64_t> counter = 0;
  const std::filesystem::path fresh =
      file.parent_path() / ("." + file.filename().string() + "." + std::to_string(++counter) + ".new");
  try {
    {
      const File out(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW);
      out.write(bytes);
      out.sync();
    }
    std::filesystem::rename(fresh, file);
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove(fresh, ignored);
    throw;
  }
  sync_path(file.parent_path());
}

std::optional<std::string> read_small_file(const std::filesystem::path& file, std::size_t limit) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (fd < 0) return std::nullopt;
  std::optional<std::string> text;
  struct stat status{};
  if (::fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && std::cmp_less_equal(status.st_size, limit)) {
    text.emplace();
    char buffer[64 << 10];
    ssize_t size = 0;
    while ((size = ::read(fd, buffer, sizeof buffer)) > 0 &&
           text->size() + static_cast<std::size_t>(size) <= limit) {
      text->append(buffer, static_cast<std::size_t>(size));
    }
    if (size != 0) text.reset();
  }
  ::close(fd);
  return text;
}

DiskSpace disk_space(const std::filesystem::path& path) {
  struct statvfs status{};
  if (::statvfs(path.c_str(), &status) != 0) raise("statvfs", path);
  return {static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize,
          static_cast<std::uint64_t>(status.f_blocks) * status.f_frsize};
}

}  // namespace tongxing::storage
