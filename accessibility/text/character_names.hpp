// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

/// The table behind read_character_reference(): HTML, section 13.5, "Named character references". Three lists
/// that follow each other in the order of their bytes.
namespace tongxing::accessibility {

enum class Semicolon : std::uint8_t { required, optional };

struct NamedCharacter {
  std::string_view name;  ///< without & and ;
  char32_t first = 0;
  char32_t second = 0;  ///< 0: one code point only
  Semicolon semicolon = Semicolon::required;
};

[[nodiscard]] std::span<const NamedCharacter> character_names_capitals();
[[nodiscard]] std::span<const NamedCharacter> character_names_a_to_m();
[[nodiscard]] std::span<const NamedCharacter> character_names_n_to_z();

}  // namespace tongxing::accessibility
