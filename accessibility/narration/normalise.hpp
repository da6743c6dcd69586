// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/narration/segment.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

/// Text to speakable text: numbers, dates, units, money, telephone numbers, addresses and letters become the
/// words that a person would say. Never fails: what is not understood is read as it stands, what cannot be
/// read (emoji, control characters) is left out. The words spoken are at most twenty times as long as the
/// text.
namespace tongxing::accessibility {

/// The languages that have rules.
enum class SpokenLanguage : std::uint8_t { mandarin, cantonese, english };

/// From a BCP 47 tag: cmn and zh (but zh-HK, zh-MO and zh-yue are Cantonese), yue, en, each with any subtags.
[[nodiscard]] std::optional<SpokenLanguage> spoken_language(std::string_view tag);
/// "cmn", "yue" or "en".
[[nodiscard]] std::string_view language_code(SpokenLanguage language);

/// `text` is UTF-8; broken bytes are left out. Linear in its length.
[[nodiscard]] NormalisedText normalise(std::string_view text, SpokenLanguage language);

}  // namespace tongxing::accessibility
