// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/result.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// Names as people type them, made comparable.
namespace tongxing::auth {

/// Number of characters (code points) of a UTF-8 text; nothing when it is not UTF-8 or holds a NUL.
[[nodiscard]] std::optional<std::size_t> length_of(std::string_view text);

/// ASCII letters in lower case; every other byte as it is.
[[nodiscard]] std::string ascii_lower(std::string_view text);

/// A login as it is stored: outer space removed, full-width letters, digits and signs folded to ASCII (what
/// NFKC does to them; Chinese input methods produce them easily), letters lower case. 3 to 64 characters out
/// of a–z, 0–9, . _ - @ + and Chinese ideographs (U+3400–4DBF, U+4E00–9FFF): this set is its own NFKC form,
/// so no Unicode tables are needed, and no two logins look alike. Errors name the field "login".
[[nodiscard]] Result<std::string> normalise_login(std::string_view typed);

/// A name to show: 1 to 60 characters, outer space removed, no control or invisible direction characters.
/// Errors name the field "display_name".
[[nodiscard]] Result<std::string> normalise_display_name(std::string_view typed);

}  // namespace tongxing::auth
