// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/narration/han_numbers.hpp"
#include "accessibility/narration/segment.hpp"
#include "accessibility/narration/source_text.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What the reading rules of all languages share: a rule looks at one place of a text and says how far it
/// reaches and what is said instead.
namespace tongxing::accessibility {

/// Which voice says a part.
enum class Voice : std::uint8_t {
  own,     ///< that of the text around it
  english  ///< the English one, also within Chinese
};

struct Part {
  std::string spoken;
  SegmentKind kind = SegmentKind::words;
  Voice voice = Voice::own;
};

struct Match {
  std::size_t end = 0;  ///< first code point that it does not cover
  std::vector<Part> parts;

  Match& words(std::string_view spoken) { return add(std::string(spoken), SegmentKind::words, Voice::own); }
  Match& number(std::string spoken) { return add(std::move(spoken), SegmentKind::number, Voice::own); }
  Match& digits(std::string spoken) { return add(std::move(spoken), SegmentKind::digits, Voice::own); }
  Match& pause() { return add({}, SegmentKind::short_pause, Voice::own); }
  Match& add(std::string spoken, SegmentKind kind, Voice voice) {
    parts.push_back({std::move(spoken), kind, voice});
    return *this;
  }
};

using Matched = std::optional<Match>;

/// A number as it is written: 1,234.50.
struct Numeral {
  std::string integer;   ///< digits, commas taken out
  std::string fraction;  ///< digits after the point; empty without one
  std::size_t end = 0;

  [[nodiscard]] bool is(std::string_view digits) const { return fraction.empty() && integer == digits; }
};

/// nullopt where no digit stands.
[[nodiscard]] std::optional<Numeral> numeral_at(const SourceText& text, std::size_t at);
/// Of up to 9 digits; larger ones, and none at all, are −1.
[[nodiscard]] long small_value(std::string_view digits);
/// Whether `at` is within a sum: an equals sign, or ×, ÷ and + between numbers, stands near.
[[nodiscard]] bool in_formula(const SourceText& text, std::size_t at);
/// Whether a minus at `at` belongs to the number after it rather than standing between two things.
[[nodiscard]] bool is_sign(const SourceText& text, std::size_t at);
/// After a number: where the next one begins if - or ~ joins the two as a range.
[[nodiscard]] std::optional<std::size_t> range_to(const SourceText& text, std::size_t at);

}  // namespace tongxing::accessibility
