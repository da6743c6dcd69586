// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/caption_quality/context.hpp"

#include <cstdint>
#include <string>
#include <string_view>

/// The language of a track: what its tag says, and what its text looks like.
namespace tongxing::accessibility {

enum class ChineseScript : std::uint8_t { unknown, simplified, traditional };

/// What a BCP 47 tag says: its script, else the script of its region (CN, SG, MY; TW, HK, MO).
[[nodiscard]] ChineseScript script_of_tag(std::string_view tag);

/// Whether C21 concerns a track: Simplified Chinese under sound that is Mandarin, or that nobody has named.
[[nodiscard]] bool mandarin_in_simplified(const CaptionContext& context);

/// "zh-Hans", "zh-Hant", "en", "ja" or "ko": what most of the text is written in. Chinese that both scripts
/// write alike counts as "zh-Hans", Latin letters as "en", nothing at all as "zh-Hans".
[[nodiscard]] std::string guess_language(const Track& track);

}  // namespace tongxing::accessibility
