// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tongxing::services {

/// Decodes base64 (RFC 4648 §4: padded, no line breaks). Nothing when it is anything else, non-zero tail bits
/// included.
[[nodiscard]] std::optional<std::string> decode_base64(std::string_view text);

}  // namespace tongxing::services
