// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/narration/source_text.hpp"

#include <cstddef>
#include <string_view>

/// Units of measurement and how each is said.
namespace tongxing::accessibility {

struct Unit {
  std::u32string_view written;    ///< km/h
  std::string_view chinese;       ///< 千米每小时
  std::string_view english_one;   ///< kilometre per hour
  std::string_view english_many;  ///< kilometres per hour
};

/// The longest unit at `at`, or nullptr. A letter or digit after it means that it is none.
[[nodiscard]] const Unit* unit_at(const SourceText& text, std::size_t at);
/// Of temperature, where minus is 零下.
[[nodiscard]] bool is_temperature(const Unit& unit);

}  // namespace tongxing::accessibility
