// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/check/package_folder.hpp"

#include "media/check/numbers.hpp"

#include <algorithm>
#include <cerrno>
#include <memory>
#include <system_error>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tongxing::media::check {

namespace {

constexpr std::size_t kMostFiles = 10'000;
/// A player reads a segment once; we read it a few times (as HLS, as DASH, an I-frame again).
constexpr std::uint64_t kReadings = 8;
constexpr std::uint64_t kAlwaysAllowed = 64ULL << 20;

/// Closes a descriptor at the end of a scope.
class Descriptor {
 public:
  explicit Descriptor(int fd) noexcept : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int get() const noexcept { return fd_; }
  void reset(int fd) noexcept {
    if (fd_ >= 0) ::close(fd_);
    fd_ = fd;
  }
  [[nodiscard]] int release() noexcept { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

ReadFault fault_of_open() {
  if (errno == ENOENT) return ReadFault::missing;
  return errno == ELOOP || errno == ENOTDIR ? ReadFault::not_regular : ReadFault::failed;
}

std::expected<std::uint64_t, ReadFault> regular_size(int fd) {
  struct stat info{};
  if (::fstat(fd, &info) != 0) return std::unexpected(ReadFault::failed);
  if (!S_ISREG(info.st_mode)) return std::unexpected(ReadFault::not_regular);
  return static_cast<std::uint64_t>(info.st_size);
}

}  // namespace

std::string_view explain(ReadFault fault) {
  switch (fault) {
    case ReadFault::missing:
      return "the file is not there";
    case ReadFault::not_regular:
      return "not a regular file (links are not followed)";
    case ReadFault::too_large:
      return "larger than anything of its kind may be";
    case ReadFault::too_short:
      return "the byte range goes past the end of the file";
    case ReadFault::too_often:
      return "the manifests have the same bytes read over and over";
    case ReadFault::failed:
      return "the file cannot be read";
  }
  return "";
}

PackageFolder::PackageFolder(const std::string& path)
    : folder_(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  if (folder_ < 0) throw std::system_error(errno, std::generic_category(), path);
}

PackageFolder::~PackageFolder() {
  ::close(folder_);
}

std::expected<int, ReadFault> PackageFolder::open(const std::string& file) const {
  const auto parts = split(file, '/');
  if (parts.empty()) return std::unexpected(ReadFault::missing);
  Descriptor folder(::fcntl(folder_, F_DUPFD_CLOEXEC, 0));
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    if (parts[i] == "..") return std::unexpected(ReadFault::missing);
    const int next =
        ::openat(folder.get(), parts[i].c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (next < 0) return std::unexpected(fault_of_open());
    folder.reset(next);
  }
  const int fd = ::openat(folder.get(), parts.back().c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return std::unexpected(fault_of_open());
  return fd;
}

bool PackageFolder::within_budget(const std::string& file, std::uint64_t size, std::uint64_t wanted) {
  if (known_.emplace(file, size).second) known_bytes_ += size;
  read_bytes_ += wanted;
  return read_bytes_ <= kReadings * known_bytes_ + kAlwaysAllowed;
}

std::expected<std::string, ReadFault> PackageFolder::read(const FilePart& part, std::size_t limit) {
  const auto opened = open(part.file);
  if (!opened) return std::unexpected(opened.error());
  const Descriptor file(*opened);
  const auto size = regular_size(file.get());
  if (!size) return std::unexpected(size.error());
  const ByteRange range = part.range.value_or(ByteRange{0, *size});
  if (range.offset > *size || range.length > *size - range.offset)
    return std::unexpected(ReadFault::too_short);
  if (range.length > limit) return std::unexpected(ReadFault::too_large);
  if (!within_budget(part.file, *size, range.length)) return std::unexpected(ReadFault::too_often);
  std::string bytes(static_cast<std::size_t>(range.length), '\0');
  std::size_t have = 0;
  while (have < bytes.size()) {
    const ssize_t got = ::pread(file.get(), bytes.data() + have, bytes.size() - have,
                                static_cast<off_t>(range.offset + have));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return std::unexpected(ReadFault::failed);
    have += static_cast<std::size_t>(got);
  }
  return bytes;
}

std::expected<std::uint64_t, ReadFault> PackageFolder::size_of(const std::string& file) const {
  const auto opened = open(file);
  if (!opened) return std::unexpected(opened.error());
  const Descriptor descriptor(*opened);
  return regular_size(descriptor.get());
}

std::vector<std::string> PackageFolder::files() const {
  const auto close = [](DIR* stream) { ::closedir(stream); };
  Descriptor copy(::openat(folder_, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  const std::unique_ptr<DIR, decltype(close)> stream(::fdopendir(copy.get()), close);
  if (!stream) throw std::system_error(errno, std::generic_category(), "the package folder");
  static_cast<void>(copy.release());
  std::vector<std::string> names;
  while (const dirent* entry = ::readdir(stream.get())) {
    if (names.size() == kMostFiles) break;
    if (size_of(entry->d_name)) names.emplace_back(entry->d_name);
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace tongxing::media::check
