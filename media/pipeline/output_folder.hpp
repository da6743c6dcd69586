// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace tongxing::media::pipeline {

/// The disk refused: full, over quota, file too large, or broken. Holds errno.
class DiskFault : public std::runtime_error {
 public:
  DiskFault(const std::string& what, int error);
  [[nodiscard]] int error() const noexcept { return error_; }

 private:
  int error_;
};

/// A folder that is written to and never read. Works on descriptors only, so it goes on working inside the
/// locked room. Files appear whole (temporary name, fsync, rename). Safe from several threads.
class OutputFolder {
 public:
  /// Owns the descriptor of an open directory.
  explicit OutputFolder(int directory_fd) noexcept : fd_(directory_fd) {}
  OutputFolder(OutputFolder&& other) noexcept;
  OutputFolder& operator=(OutputFolder&& other) noexcept;
  ~OutputFolder();

  /// A folder below this one; made where it is missing.
  [[nodiscard]] OutputFolder folder(const std::string& name) const;
  void write(const std::string& name, std::span<const std::byte> bytes) const;
  void write(const std::string& name, std::string_view text) const;
  /// Adds to the end of a file, which is made where it is missing; a fault may leave a part of it.
  void append(const std::string& name, std::string_view text) const;
  /// Takes an empty folder away; others stay.
  void remove_folder(const std::string& name) const;
  /// Takes a file away; one that is missing is no fault.
  void remove(const std::string& name) const;
  /// Takes a rendition's folder away again: its init segment, that many segments, and itself where nothing
  /// else is in it.
  void remove_rendition(const std::string& name, std::size_t segments) const;
  /// Makes the names durable that were written so far.
  void sync() const;

  [[nodiscard]] int fd() const noexcept { return fd_; }

 private:
  int fd_;
};

}  // namespace tongxing::media::pipeline
