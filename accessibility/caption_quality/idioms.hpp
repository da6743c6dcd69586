// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace tongxing::accessibility {

/// The first idiom (成语) of four characters in a text, Simplified or Traditional; empty: none that the list
/// holds. The list has the idioms that people put into lessons, not all there are (C29). Used inside this
/// folder only.
[[nodiscard]] std::u32string_view idiom_in(std::u32string_view text);

}  // namespace tongxing::accessibility
