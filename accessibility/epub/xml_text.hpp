// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace tongxing::accessibility {

/// Any text as character data or attribute value of XML 1.0: & < > " ' escaped, characters that XML does not
/// know (§2.2) and broken UTF-8 replaced by U+FFFD.
[[nodiscard]] std::string xml_text(std::string_view text);

}  // namespace tongxing::accessibility
