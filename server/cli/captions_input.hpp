// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/caption_quality/context.hpp"
#include "accessibility/captions/caption_file.hpp"
#include "server/base/error.hpp"
#include "server/cli/captions_quality.hpp"

#include <expected>
#include <string>
#include <string_view>

/// What the caption commands read. Used by the command line only.
namespace tongxing::cli {

/// A message key with its values: why something could not be read.
struct CaptionFault {
  std::string key;
  MessageArgs args{};
};

struct CaptionInput {
  accessibility::CaptionFile file;
  accessibility::CaptionContext context;
  bool language_guessed = false;
};

[[nodiscard]] std::expected<std::string, CaptionFault> read_file(const std::filesystem::path& path);

/// Everything that the options name.
[[nodiscard]] std::expected<CaptionInput, CaptionFault> read_caption_input(
    const CaptionQualityOptions& options);

/// Adds the facts of a JSON text: an array of [from, to] (or {"start_ms", "end_ms"}) is speech; an object has
/// "speech" and "sound" as such arrays, "cuts" as an array of numbers, "burned_in" as an array of
/// {"start_ms", "end_ms", "area": top | middle | bottom}, "duration_ms". All in milliseconds; other members
/// are ignored. Whether it could be understood.
[[nodiscard]] std::expected<void, CaptionFault> add_facts(std::string_view json,
                                                          accessibility::CaptionContext& context);

/// A text of the file made safe for a terminal: control characters and those that turn the direction of
/// writing become U+FFFD, a line break becomes " / ".
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace tongxing::cli
