// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/description/ducking.hpp"
#include "accessibility/narration/speech_engine.hpp"
#include "media/pipeline/pcm_reader.hpp"
#include "media/pipeline/peak_limiter.hpp"

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace tongxing::media::description {

/// One description in the programme.
struct PlacedVoice {
  std::int64_t sample = 0;  ///< of the programme at which it starts
  const accessibility::Speech* speech = nullptr;
  int speed_permille = 1'000;
  double gain_db = 0;
};

/// The programme with its descriptions mixed in: gain, ducking, voices, then the limiter of the main
/// rendition, so that away from descriptions it is sample for sample what the main rendition encodes. One
/// thread.
class DescribedSound {
 public:
  /// `programme`: none where the lesson has no sound; `voices` by rising sample, what they point at outlives
  /// this object; `total`: samples that it gives in all.
  DescribedSound(std::optional<pipeline::PcmReader> programme, double gain_db,
                 accessibility::DuckingEnvelope envelope, std::vector<PlacedVoice> voices,
                 std::int64_t total);

  /// Replaces `block` by the next samples; false at the end.
  [[nodiscard]] bool next(std::vector<float>& block);

 private:
  struct Sounding {
    std::int64_t sample = 0;
    std::vector<float> samples;
  };

  [[nodiscard]] bool read(std::vector<float>& block);
  void mix(std::vector<float>& block);

  std::optional<pipeline::PcmReader> programme_;
  float gain_;
  accessibility::DuckingEnvelope envelope_;
  std::vector<PlacedVoice> voices_;
  std::int64_t total_;
  std::size_t next_voice_ = 0;
  std::deque<Sounding> sounding_;
  pipeline::PeakLimiter limiter_;
  std::int64_t position_ = 0;
  bool ended_ = false;
  std::vector<float> raw_;
};

}  // namespace tongxing::media::description
