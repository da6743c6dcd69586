// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/upload_files.hpp"

#include "server/storage/files.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace tongxing::storage {
namespace {

[[noreturn]] void fault(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

bool is_full(int error) {
  return error == ENOSPC || error == EDQUOT || error == EFBIG;
}

int open_or_throw(const std::filesystem::path& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor < 0) fault("open");
  return descriptor;
}

void sync_folder(const std::filesystem::path& folder) {
  const int descriptor = open_or_throw(folder, O_RDONLY | O_DIRECTORY);
  const int outcome = ::fsync(descriptor);
  const int error = errno;
  ::close(descriptor);
  if (outcome != 0) throw std::system_error(error, std::generic_category(), "fsync folder");
}

std::optional<std::int64_t> size_of(const std::filesystem::path& path) {
  struct stat info{};
  if (::lstat(path.c_str(), &info) != 0) {
    if (errno == ENOENT) return std::nullopt;
    fault("lstat");
  }
  return info.st_size;
}

}  // namespace

UploadFile::UploadFile(UploadFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

UploadFile& UploadFile::operator=(UploadFile&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

UploadFile::~UploadFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool UploadFile::write(std::int64_t at, std::span<const std::byte> piece) {
  while (!piece.empty()) {
    const ssize_t written = ::pwrite(descriptor_, piece.data(), piece.size(), at);
    if (written < 0) {
      if (errno == EINTR) continue;
      if (is_full(errno)) return false;
      fault("pwrite");
    }
    at += written;
    piece = piece.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

bool UploadFile::sync() {
  if (::fdatasync(descriptor_) == 0) return true;
  if (is_full(errno)) return false;
  fault("fdatasync");
}

void UploadFile::truncate(std::int64_t length) {
  if (::ftruncate(descriptor_, length) != 0) fault("ftruncate");
}

std::int64_t UploadFile::size() const {
  struct stat info{};
  if (::fstat(descriptor_, &info) != 0) fault("fstat");
  return info.st_size;
}

UploadFiles::UploadFiles(DataLayout layout) : layout_(std::move(layout)) {
  std::filesystem::create_directories(layout_.uploads());
  std::filesystem::create_directories(layout_.originals());
}

UploadFile UploadFiles::open(const UploadId& upload) const {
  const bool is_new = !size(upload).has_value();
  UploadFile file(open_or_throw(path(upload), O_RDWR | O_CREAT));
  if (is_new) sync_folder(layout_.uploads());  // the name must be as durable as the bytes
  return file;
}

std::optional<std::int64_t> UploadFiles::size(const UploadId& upload) const {
  return size_of(path(upload));
}

void UploadFiles::remove(const UploadId& upload) const {
  std::filesystem::remove(path(upload));
}

void UploadFiles::keep(const UploadId& upload, const AssetId& asset) const {
  if (::rename(path(upload).c_str(), original(asset).c_str()) != 0) {
    if (errno != ENOENT || !original_size(asset)) fault("rename upload");
  }
  sync_folder(layout_.originals());
  sync_folder(layout_.uploads());
}

std::filesystem::path UploadFiles::original(const AssetId& asset) const {
  return layout_.original(asset);
}

std::optional<std::int64_t> UploadFiles::original_size(const AssetId& asset) const {
  return size_of(original(asset));
}

void UploadFiles::remove_original(const AssetId& asset) const {
  std::filesystem::remove(original(asset));
}

void UploadFiles::read(const std::filesystem::path& file,
                       const std::function<void(std::span<const std::byte>)>& piece) const {
  UploadFile opened(open_or_throw(file, O_RDONLY));
  std::vector<std::byte> buffer(1U << 20U);
  while (true) {
    const ssize_t got = ::read(opened.descriptor_, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fault("read");
    if (got == 0) return;
    piece(std::span(buffer).first(static_cast<std::size_t>(got)));
  }
}

std::filesystem::path UploadFiles::path(const UploadId& upload) const {
  return layout_.upload(upload);
}

std::vector<UploadId> UploadFiles::all() const {
  std::vector<UploadId> found;
  for (const auto& entry : std::filesystem::directory_iterator(layout_.uploads())) {
    auto name = entry.path().filename().string();
    if (is_safe_name(name)) found.emplace_back(std::move(name));
  }
  std::ranges::sort(found);
  return found;
}

std::int64_t UploadFiles::free_bytes() const {
  struct statvfs info{};
  if (::statvfs(layout_.uploads().c_str(), &info) != 0) fault("statvfs");
  return static_cast<std::int64_t>(info.f_bavail) * static_cast<std::int64_t>(info.f_frsize);
}

}  // namespace tongxing::storage
