// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// UTF-8 (RFC 3629): strict where it is checked, lenient in one documented way where it is read.
namespace tongxing::accessibility {

/// One code point taken from the front of a text.
struct Decoded {
  char32_t code = 0;       ///< U+FFFD where the bytes are not UTF-8
  std::size_t length = 0;  ///< bytes; 0 only for an empty text
  bool valid = false;
};

inline constexpr char32_t kReplacement = 0xFFFD;

/// Takes the first code point. Invalid bytes give one U+FFFD for each longest broken sequence (WHATWG
/// Encoding).
[[nodiscard]] Decoded decode_front(std::string_view text);

/// Byte offset of the first thing that is not UTF-8; nullopt: all is well.
[[nodiscard]] std::optional<std::size_t> first_invalid(std::string_view text);

[[nodiscard]] std::u32string decode(std::string_view text);

/// Surrogates and values above U+10FFFF are written as U+FFFD.
void append_utf8(std::string& out, char32_t code);

enum class ByteOrder : std::uint8_t { little, big };

/// UTF-16 without its byte order mark to UTF-8. A lone surrogate and an odd last byte become U+FFFD.
[[nodiscard]] std::string utf16_to_utf8(std::string_view bytes, ByteOrder order);

}  // namespace tongxing::accessibility
