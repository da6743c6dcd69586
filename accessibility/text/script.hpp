// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

/// What a text is written in: enough to notice a file that was uploaded under the wrong language (rules C20,
/// C21).
namespace tongxing::accessibility {

struct ScriptCount {
  std::size_t han = 0;               ///< Chinese characters, the next two included
  std::size_t simplified_only = 0;   ///< characters that Traditional Chinese does not use
  std::size_t traditional_only = 0;  ///< characters that Simplified Chinese does not use
  std::size_t cantonese = 0;         ///< characters of written Cantonese: 嘅 喺 唔 咗 …
  std::size_t latin = 0;
  std::size_t kana = 0;
  std::size_t hangul = 0;
};

/// Counts letters. The tables of one-sided characters hold several hundred frequent ones, not all: they tell
/// which script a text of some length is in, not whether each single character is right.
[[nodiscard]] ScriptCount count_scripts(std::string_view text);

enum class Script : std::uint8_t { unknown, simplified, traditional, latin, japanese, korean };

/// The script of most of the text. Chinese without a one-sided character is `unknown`.
[[nodiscard]] Script script_of(const ScriptCount& count);

}  // namespace tongxing::accessibility
