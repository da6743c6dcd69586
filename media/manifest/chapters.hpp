// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/package.hpp"

#include <span>
#include <string>

/// Chapters as players read them.
namespace tongxing::media::manifest {

/// chapters.json in Apple's form, named by EXT-X-SESSION-DATA com.apple.hls.chapters (H28). Every chapter has
/// a duration: some players end one without it where it starts.
[[nodiscard]] std::string chapters_json(std::span<const model::Chapter> chapters);

/// chapters.vtt, for <track kind="chapters">.
[[nodiscard]] std::string chapters_vtt(std::span<const model::Chapter> chapters);

}  // namespace tongxing::media::manifest
