// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tongxing::services {

/// Writes a ZIP archive (APPNOTE 6.3, without ZIP64) to a new file: entries stored or deflated, no extra
/// fields, a fixed date, so that the same content gives the same bytes. EPUB's "mimetype" has to be the first
/// entry, stored and without extra fields (OCF §4.3), which general archive libraries do not write. Owner:
/// one thread. Throws std::ios_base::failure when the disk does, std::length_error beyond kLargest.
class ZipFile {
 public:
  /// The most that all entries together may have; also of the archive.
  static constexpr std::uint64_t kLargest = 2'000'000'000;
  static constexpr std::size_t kMostEntries = 10'000;

  explicit ZipFile(const std::filesystem::path& path);

  /// Names are ASCII paths of ours.
  void store(std::string_view name, std::string_view content);
  void deflate(std::string_view name, std::string_view content);
  /// The files one after the other as one entry, stored. They are read in pieces.
  void store_files(std::string_view name, std::span<const std::filesystem::path> files);
  /// Writes the central directory. Nothing may be added after it.
  void finish();

 private:
  enum class Method : std::uint16_t { stored = 0, deflated = 8 };
  struct Entry {
    std::string name;
    Method method = Method::stored;
    std::uint32_t crc = 0;
    std::uint64_t packed = 0;
    std::uint64_t size = 0;
    std::uint64_t offset = 0;
  };

  Entry& begin(std::string_view name, Method method);
  void end(Entry& entry);
  void write(std::string_view bytes);

  std::ofstream out_;
  std::uint64_t position_ = 0;
  std::vector<Entry> entries_;
};

}  // namespace tongxing::services
