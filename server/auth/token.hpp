// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/random.hpp"

#include <string>
#include <string_view>

namespace tongxing::auth {

/// 256 random bits as 52 base32 characters: session tokens, set-up links. Only its hash is ever stored.
[[nodiscard]] std::string new_token(Random& random);

/// BLAKE2b-256 of a token (or of any text) as 64 hexadecimal characters.
[[nodiscard]] std::string hash_of(std::string_view text);

/// Compares without telling by its duration where two texts differ. Texts of different length are unequal at
/// once.
[[nodiscard]] bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace tongxing::auth
