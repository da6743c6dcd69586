// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace tongxing::accessibility {

/// Whether a text ends with 。！？…⋯.!?, quotation marks, brackets and white space after it left out of
/// account.
[[nodiscard]] bool ends_a_sentence(std::string_view text);

}  // namespace tongxing::accessibility
