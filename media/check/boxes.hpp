// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

/// Walking the boxes of an ISO base media file (ISO/IEC 14496-12 §4.2). Views into the caller's bytes.
namespace tongxing::media::check {

struct Box {
  std::string_view type;   ///< four characters
  std::string_view body;   ///< what follows the header
  std::size_t offset = 0;  ///< of the header, from the start of the bytes walked
  std::size_t size = 0;    ///< header and body
};

/// Boxes one after the other; never goes down by itself, so hostile nesting costs nothing.
class BoxWalk {
 public:
  explicit BoxWalk(std::string_view bytes) noexcept : bytes_(bytes) {}

  /// nullopt at the end, and where a header or its size does not fit: then broken().
  [[nodiscard]] std::optional<Box> next() noexcept;
  [[nodiscard]] bool broken() const noexcept { return broken_; }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
  bool broken_ = false;
};

/// The first box of this type directly inside `body`.
[[nodiscard]] std::optional<Box> child(std::string_view body, std::string_view type) noexcept;

/// Down a path of types, the first of each: "mdia/minf/stbl/stsd".
[[nodiscard]] std::optional<Box> descendant(std::string_view body, std::string_view path) noexcept;

}  // namespace tongxing::media::check
