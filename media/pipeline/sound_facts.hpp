// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/description/speech_activity.hpp"
#include "media/model/facts.hpp"
#include "media/pipeline/speech_map.hpp"
#include "media/pipeline/thinner.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace tongxing::media::pipeline {

/// Finds speech in the sound of a lesson, and how far it stands out from what is behind it, from the same
/// decoding as the renditions. One thread.
class SoundFinder {
 public:
  /// The next samples, mono, 48 kHz, −1…1.
  void add(std::span<const float> samples);
  /// `levels_db`: dBFS of every kLevel_ms of the same sound. Afterwards the object is as new.
  [[nodiscard]] model::SoundFacts finish(std::span<const float> levels_db);

 private:
  void search();

  Thinner thinner_;
  accessibility::SpeechActivity activity_;
  std::vector<float> batch_;
  std::vector<std::int16_t> thin_;
};

/// WCAG 1.4.7 by levels and speech: whole decibels, rounded down so that nothing is called enough that is
/// not. What sounds within a tenth of a second of speech counts for neither side: it is a breath or an echo.
[[nodiscard]] std::optional<int> speech_over_background(std::span<const float> levels_db,
                                                        std::span<const accessibility::Span> speech);

}  // namespace tongxing::media::pipeline
