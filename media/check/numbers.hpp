// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Numbers and words of manifests, read strictly.
namespace tongxing::media::check {

/// Decimal digits only, below 2^53.
[[nodiscard]] std::optional<std::int64_t> whole_number(std::string_view text);

/// "6", "6.006": seconds as microseconds, rounded to nearest; nullopt for signs, exponents and above 10^7
/// seconds.
[[nodiscard]] std::optional<std::int64_t> seconds_to_us(std::string_view text);

/// "6.006 s".
[[nodiscard]] std::string seconds_text(std::int64_t us);

/// The parts of a list, without the spaces around them; empty parts are left out.
[[nodiscard]] std::vector<std::string> split(std::string_view list, char separator);

[[nodiscard]] std::string lower_case(std::string_view ascii);

/// Text of a package in a message: at most 120 bytes, control characters as "?", so that a hostile name can
/// write nothing on a terminal.
[[nodiscard]] std::string shown(std::string_view text);

}  // namespace tongxing::media::check
