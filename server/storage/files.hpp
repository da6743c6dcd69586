// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

/// Files that survive a power cut: what these functions have done is on the disk when they return.
/// All throw std::filesystem::filesystem_error (with the system's reason) on a fault, and are thread-safe.
namespace tongxing::storage {

/// A name that may become one component of a path: 1 to 128 of a–z A–Z 0–9 . _ -, not beginning with a dot.
[[nodiscard]] bool is_safe_name(std::string_view name);

/// `base` / `relative`, when every component of `relative` is a safe name; nothing otherwise. For names from
/// outside.
[[nodiscard]] std::optional<std::filesystem::path> safe_join(const std::filesystem::path& base,
                                                             std::string_view relative);

/// fsync of one file or folder.
void sync_path(const std::filesystem::path& path);

/// fsync of a folder and everything in it. Refuses (throws) what is neither a regular file nor a folder: a
/// hostile worker may have left a link.
void sync_tree(const std::filesystem::path& folder);

/// Puts a finished folder in its place by one rename: it is there whole or not at all. `from` and `to` are on
/// one file system; `to` must not exist; its parent is made.
void publish_folder(const std::filesystem::path& from, const std::filesystem::path& to);

/// Replaces (or makes) a file by writing a new one beside it and renaming: a reader sees the old or the new
/// one, whole.
void replace_file(const std::filesystem::path& file, std::string_view bytes);

/// The text of a regular file of at most `limit` bytes; nothing when it is missing, longer or something else.
[[nodiscard]] std::optional<std::string> read_small_file(const std::filesystem::path& file,
                                                         std::size_t limit);

/// Room on the file system that holds a path, in bytes; what an ordinary user may take.
struct DiskSpace {
  std::uint64_t free = 0;
  std::uint64_t total = 0;
};
[[nodiscard]] DiskSpace disk_space(const std::filesystem::path& path);

}  // namespace tongxing::storage
