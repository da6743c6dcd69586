// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tongxing::media::pipeline {

/// A folder that is read and never written to, by descriptors only. Names are ours ("v360/s0.m4s"); links
/// and what is no regular file count as missing. One thread at a time.
class InputFolder {
 public:
  /// Owns the descriptor of an open directory.
  explicit InputFolder(int directory_fd) noexcept : fd_(directory_fd) {}
  InputFolder(InputFolder&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  InputFolder& operator=(InputFolder&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~InputFolder();

  /// A whole file; nothing where it is missing, larger than `limit`, or cannot be read.
  [[nodiscard]] std::optional<std::string> read(const std::string& name, std::size_t limit) const;
  [[nodiscard]] int fd() const noexcept { return fd_; }

 private:
  int fd_;
};

}  // namespace tongxing::media::pipeline
