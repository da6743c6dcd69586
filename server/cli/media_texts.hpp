// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/caption_file.hpp"
#include "media/model/package.hpp"
#include "server/cli/media_arguments.hpp"

#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// The text files of `tongxing media package`, read whole before the work begins, so that nobody waits an
/// hour to hear that a caption file is broken.
namespace tongxing::cli {

struct PackageCaptions {
  CaptionRequest request;
  accessibility::CaptionFile file;
};

/// A file with nothing in it that can be shown, or with cues that would be lost, is refused; the first line
/// that is wrong is named.
[[nodiscard]] std::expected<PackageCaptions, Refusal> read_caption_text(const CaptionRequest& request);

/// WebVTT chapters as chapters in `language`. They must be in order; a chapter without an end before the next
/// one ends there.
[[nodiscard]] std::expected<std::vector<media::model::Chapter>, Refusal> read_chapters(
    const std::filesystem::path& file, const std::string& language);

[[nodiscard]] std::expected<std::vector<media::model::RungRequest>, Refusal> read_ladder_file(
    const std::filesystem::path& file);

/// Leaves out the cues that begin after the end of the lesson. What was left out, to be told: the first of
/// them.
[[nodiscard]] std::optional<Refusal> cut_to(PackageCaptions& captions, media::model::Milliseconds length);

/// Writes the caption folders, transcript.json (from the first caption file) and every playlist that names
/// them.
void write_texts(const std::filesystem::path& package_folder, const media::model::Package& package,
                 const std::vector<PackageCaptions>& captions);

}  // namespace tongxing::cli
