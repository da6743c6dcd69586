// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tongxing::media::check {

/// What is wrong with a language tag by BCP 47 (RFC 5646): not well-formed, or a code of three letters where
/// one of two letters exists (§2.2.1): "zho" for "zh". nullopt: nothing.
[[nodiscard]] std::optional<std::string> language_fault(std::string_view tag);

/// A tag of a sign language: "csl" and others of ISO 639-3, or "sgn-…".
[[nodiscard]] bool is_sign_language(std::string_view tag);

}  // namespace tongxing::media::check
