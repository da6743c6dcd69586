// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// A text laid out for reading rules: one form for each sign, and the way back to the author's bytes.
namespace tongxing::accessibility {

/// Code points in one form (fullwidth ones narrowed, ㎡ as m², ① as 1, dashes and tildes as one each),
/// without emoji, control characters and invisible marks. Each knows which bytes of the text it came from.
class SourceText {
 public:
  explicit SourceText(std::string_view text);

  [[nodiscard]] std::u32string_view view() const noexcept { return codes_; }
  [[nodiscard]] std::size_t size() const noexcept { return codes_.size(); }
  /// 0 outside of the text: no rule matches it.
  [[nodiscard]] char32_t at(std::size_t index) const noexcept {
    return index < codes_.size() ? codes_[index] : U'\0';
  }
  [[nodiscard]] char32_t before(std::size_t index) const noexcept {
    return index > 0 ? at(index - 1) : U'\0';
  }
  /// The last `count` code points before `index`.
  [[nodiscard]] std::u32string_view left_of(std::size_t index, std::size_t count) const noexcept;
  [[nodiscard]] bool has(std::size_t index, std::u32string_view word) const noexcept;
  /// What the author wrote for [begin, end).
  [[nodiscard]] std::string written(std::size_t begin, std::size_t end) const;
  [[nodiscard]] std::size_t offset(std::size_t index) const noexcept;
  /// How many digits stand from `index` on.
  [[nodiscard]] std::size_t digits(std::size_t index) const noexcept;
  [[nodiscard]] std::string ascii(std::size_t begin, std::size_t end) const;
  /// First place from `index` on that is no space.
  [[nodiscard]] std::size_t skip_spaces(std::size_t index) const noexcept;

 private:
  void add(char32_t code, std::size_t begin, std::size_t end);

  std::string_view text_;
  std::u32string codes_;
  std::vector<std::size_t> begins_;
  std::vector<std::size_t> ends_;
};

[[nodiscard]] constexpr bool is_digit(char32_t c) noexcept {
  return c >= U'0' && c <= U'9';
}
[[nodiscard]] constexpr bool is_capital(char32_t c) noexcept {
  return c >= U'A' && c <= U'Z';
}
[[nodiscard]] constexpr bool is_ascii_letter(char32_t c) noexcept {
  return is_capital(c) || (c >= U'a' && c <= U'z');
}
/// A letter of a Latin word, accents included.
[[nodiscard]] constexpr bool is_latin(char32_t c) noexcept {
  return is_ascii_letter(c) || (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7);
}
[[nodiscard]] constexpr bool is_han(char32_t c) noexcept {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0x20000 && c <= 0x323AF) || c == 0x3007;
}

}  // namespace tongxing::accessibility
