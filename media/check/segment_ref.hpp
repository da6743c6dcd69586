// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace tongxing::media::check {

/// A part of a file.
struct ByteRange {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  bool operator==(const ByteRange&) const = default;
};

/// A file of the package, or a part of one. `file` is relative to the package folder, without "." and "..".
struct FilePart {
  std::string file;
  std::optional<ByteRange> range;
  bool operator==(const FilePart&) const = default;
};

}  // namespace tongxing::media::check
