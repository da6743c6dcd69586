// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace tongxing::media::av {

/// SHA-256 (FIPS 180-4) of some bytes, 64 small hexadecimal digits.
[[nodiscard]] std::string sha256_hex(std::span<const std::byte> bytes);

}  // namespace tongxing::media::av
