// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

/// How long a text is for the eye (media rules §3.1).
namespace tongxing::accessibility {

/// Half characters of one code point: 2 for East Asian wide and fullwidth ones (UAX #11), 0 for combining
/// marks and zero-width format characters, 1 for all others.
[[nodiscard]] int half_width(char32_t code);

/// How the characters of a caption are counted.
enum class Counting : std::uint8_t {
  east_asian,  ///< wide = 1, others = 0.5, combining = 0
  code_points  ///< every code point = 1: English and other languages in narrow letters
};

/// The way that fits a BCP 47 tag: zh, yue, cmn, ja, ko and their subtags are East Asian.
[[nodiscard]] Counting counting_for(std::string_view language);

/// Length of a UTF-8 text in half characters. Line breaks count nothing.
[[nodiscard]] std::size_t half_length(std::string_view text, Counting counting);

/// Half characters to whole ones, rounded up: for limits of a line.
[[nodiscard]] constexpr std::size_t whole_length(std::size_t halves) {
  return (halves + 1) / 2;
}

/// Characters as people count a Chinese text: each wide letter is one, each run of other letters or digits (a
/// Latin word, a number) is one, punctuation and spaces are none.
[[nodiscard]] std::size_t count_characters(std::string_view text);

/// Words: runs of anything but white space.
[[nodiscard]] std::size_t count_words(std::string_view text);

}  // namespace tongxing::accessibility
