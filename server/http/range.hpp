// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

/// Byte ranges (RFC 9110 §14). Pure; any thread.
namespace tongxing::http {

struct ByteRange {
  std::uint64_t first = 0;   ///< offset of the first byte
  std::uint64_t length = 0;  ///< bytes; never 0
  bool operator==(const ByteRange&) const = default;
};
struct WholeContent {
  bool operator==(const WholeContent&) const = default;
};
struct UnsatisfiableRange {
  bool operator==(const UnsatisfiableRange&) const = default;
};

using RangeChoice = std::variant<WholeContent, ByteRange, UnsatisfiableRange>;

/// What to send of `size` bytes for a Range field. One range (`a-b`, `a-`, `-n`) is honoured. Several ranges,
/// other units and malformed fields are answered with the whole, as RFC 9110 §14.2 allows: no
/// multipart/byteranges, no range bombs.
[[nodiscard]] RangeChoice choose_range(std::string_view field, std::uint64_t size) noexcept;

/// "bytes 0-9/100"
[[nodiscard]] std::string content_range(const ByteRange& range, std::uint64_t size);
/// "bytes */100", for 416
[[nodiscard]] std::string content_range_unsatisfied(std::uint64_t size);

}  // namespace tongxing::http
