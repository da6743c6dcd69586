// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/pipeline/output_folder.hpp"
#include "media/pipeline/sound_facts.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace tongxing::media::pipeline {

/// What is made of the sound beside its rendition, from the same decoding: waveform.json for the caption
/// editor and speech.json, which says where something is heard and where it is silent. One thread.
class SoundSides {
 public:
  /// The next samples, mono, 48 kHz, −1…1.
  void add(std::span<const float> samples);
  /// waveform.json: {"peaks_per_second":20,"peaks":[0…100,…]}; speech.json: {"method":"energy","heard":
  /// [[from_ms,to_ms],…],"silence":[…],"speech":[…]}, silence of half a second and more.
  void write(const OutputFolder& package, const model::SoundFacts& facts) const;
  /// What the rules of accessibility want to know of the sound; once, when all was added.
  [[nodiscard]] model::SoundFacts facts() { return finder_.finish(levels_); }

 private:
  void end_level();

  SoundFinder finder_;
  std::vector<std::uint8_t> peaks_;  ///< percent of full scale, 50 ms each
  std::vector<float> levels_;        ///< dBFS, 20 ms each
  float peak_ = 0;
  int in_peak_ = 0;
  double energy_ = 0;
  int in_level_ = 0;
};

}  // namespace tongxing::media::pipeline
