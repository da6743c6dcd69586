// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

/// Units of measure and measure words. Used inside this folder only.
namespace tongxing::accessibility {

/// The unit that a text begins with ("克" in "克盐", "kg" in "kg rice"); empty: none. Latin ones end with
/// their word.
[[nodiscard]] std::u32string_view unit_at_front(std::u32string_view text);

/// The Chinese measure word (量词) that a text begins with; empty: none.
[[nodiscard]] std::u32string_view measure_word_at_front(std::u32string_view text);

}  // namespace tongxing::accessibility
