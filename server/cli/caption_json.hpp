// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/caption_file.hpp"
#include "accessibility/captions/caption_writer.hpp"
#include "server/cli/caption_input.hpp"

#include <vector>

#include <nlohmann/json_fwd.hpp>

/// Captions as JSON, with the names of the WebVTT API (VTTCue, VTTRegion).
namespace tongxing::cli {

/// {"format", "encoding", "regions", "styles", "cues", "errors"}.
[[nodiscard]] nlohmann::json caption_file_json(const accessibility::CaptionFile& file,
                                               const CaptionWords& words);

/// The same object for a file that could not be read: without cues, with one error.
[[nodiscard]] nlohmann::json unreadable_json(const UnreadableCaptions& error);

/// {"line", "id", "rule", "severity", "message"}.
[[nodiscard]] nlohmann::json finding_json(const accessibility::Finding& finding, const CaptionWords& words);

/// {"id", "cue", "line", "text", "message"}.
[[nodiscard]] nlohmann::json loss_json(const accessibility::Loss& loss, const CaptionWords& words);

}  // namespace tongxing::cli
