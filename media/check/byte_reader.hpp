// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tongxing::media::check {

/// Takes big-endian numbers from the front of bytes. Reading past the end gives 0 and makes good() false, so
/// that a parser may read a whole structure first and judge once.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) noexcept : bytes_(bytes) {}

  [[nodiscard]] bool good() const noexcept { return good_; }
  [[nodiscard]] std::size_t position() const noexcept { return at_; }
  [[nodiscard]] std::string_view rest() const noexcept { return bytes_.substr(at_); }

  /// `count` of 1 to 8 bytes as an unsigned number.
  std::uint64_t number(std::size_t count) noexcept {
    std::uint64_t value = 0;
    for (const char byte : take(count)) value = value << 8U | static_cast<unsigned char>(byte);
    return value;
  }
  std::uint8_t u8() noexcept { return static_cast<std::uint8_t>(number(1)); }
  std::uint16_t u16() noexcept { return static_cast<std::uint16_t>(number(2)); }
  std::uint32_t u32() noexcept { return static_cast<std::uint32_t>(number(4)); }
  std::uint64_t u64() noexcept { return number(8); }

  std::string_view take(std::size_t count) noexcept {
    if (count > bytes_.size() - at_) {
      good_ = false;
      at_ = bytes_.size();
      return {};
    }
    const auto part = bytes_.substr(at_, count);
    at_ += count;
    return part;
  }
  void skip(std::size_t count) noexcept { static_cast<void>(take(count)); }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
  bool good_ = true;
};

}  // namespace tongxing::media::check
