// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/description/loudness_trace.hpp"
#include "media/pipeline/pcm_reader.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace tongxing::media::description {

/// What one run over the programme's sound finds out.
struct SoundSurvey {
  std::int64_t samples = 0;  ///< at 48 kHz
  double loudness = -70;     ///< LUFS
  double peak = -120;        ///< dBTP
  std::vector<accessibility::Span> speech;
  LoudnessTrace trace;
};

/// Decodes a whole track; loudness, speech and peaks are found on a thread beside the decoder's. `heard` is
/// told how many samples have been decoded, on the caller's thread.
[[nodiscard]] SoundSurvey survey_sound(pipeline::PcmReader pcm,
                                       const std::function<void(std::int64_t samples)>& heard = {});

}  // namespace tongxing::media::description
