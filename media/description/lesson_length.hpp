// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/failure.hpp"
#include "media/pipeline/ladder.hpp"
#include "media/pipeline/source.hpp"

#include <cstdint>
#include <vector>

namespace tongxing::media::description {

/// How long the packager would make a source's renditions, and where it would cut the sound, without decoding
/// a picture: found out from the times of its packets.
struct LessonLength {
  std::int64_t samples = 0;                 ///< at 48 kHz
  std::vector<std::int64_t> sound_borders;  ///< AAC frames: first of each segment, then the end
};

/// `sound_samples`: length of the sound, 0 where there is none.
[[nodiscard]] model::Outcome<LessonLength> lesson_length(int media_fd, const pipeline::SourceInfo& source,
                                                         std::int64_t sound_samples);

}  // namespace tongxing::media::description
