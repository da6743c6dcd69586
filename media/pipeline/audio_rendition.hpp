// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/av/encoder.hpp"
#include "media/model/package.hpp"
#include "media/pipeline/ladder.hpp"
#include "media/pipeline/output_folder.hpp"
#include "media/pipeline/pcm_reader.hpp"
#include "media/pipeline/peak_limiter.hpp"
#include "media/pipeline/reporter.hpp"
#include "media/pipeline/resume.hpp"
#include "media/pipeline/segment_writer.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace tongxing::media::pipeline {

/// What a first run over the sound finds out.
struct SoundMeasure {
  std::int64_t samples = 0;  ///< at 48 kHz, from the output's time 0
  double loudness = -70;     ///< LUFS
  double peak = -120;        ///< dBTP
  bool too_long = false;     ///< it went on beyond what a source may be long
};

/// Decodes a whole track and measures it; shows every block of samples to `heard`.
[[nodiscard]] SoundMeasure measure_sound(PcmReader& pcm,
                                         const std::function<void(std::span<const float>)>& heard);

/// Makes the AAC rendition: gain, AAC-LC mono 48 kb/s, segments cut at the AAC frame nearest to the video's
/// borders. The encoder's priming packet is left out and the rest starts at 0, so no edit list is needed. One
/// thread.
class AudioRendition {
 public:
  /// Loudness aimed at; ceiling of the samples, which leaves room for the wave between them and for what AAC
  /// adds.
  static constexpr double kTargetLufs = -18.0;
  static constexpr double kCeilingDbfs = -3.0;
  /// How far peaks may be pressed down to reach the loudness; a sound that would need more stays quieter.
  static constexpr double kMostLimitingDb = 8.0;

  /// `finished`: what an earlier run made; it is not encoded again.
  AudioRendition(const OutputFolder& package, std::string name, std::string language, const TimePlan& time,
                 Reporter& reporter, const Finished& finished = {});

  /// See SegmentWriter::listen; before `run`.
  void listen(std::function<void(const model::Rendition&)> listener) { writer_.listen(std::move(listener)); }

  [[nodiscard]] const model::Rendition& so_far() const noexcept { return writer_.so_far(); }

  /// Encodes everything with `gain_db`; `total` is asked, once, at the end of the sound, how many samples
  /// there must be in all: silence is added or the last ones are cut.
  [[nodiscard]] model::Rendition run(PcmReader pcm, double gain_db,
                                     const std::function<std::int64_t()>& total);

 private:
  void feed(std::span<const float> samples, float gain);
  void send_blocks(std::size_t keep);
  void send_block(const float* samples);
  void drain_packets();
  void end_segment(std::int64_t frames);
  [[nodiscard]] std::int64_t border(std::int64_t segment) const;

  std::string name_;
  TimePlan time_;
  Reporter& reporter_;
  av::Encoder encoder_;
  PeakLimiter limiter_;
  SegmentWriter writer_;
  std::vector<float> louder_;       ///< one block with the gain applied
  std::vector<float> waiting_;      ///< limited, not encoded yet
  bool whole_ = false;              ///< nothing is to be made
  std::int64_t start_ = 0;          ///< first AAC frame that is to be made: what is before is finished
  std::int64_t sent_ = 0;           ///< AAC frames given to the encoder
  std::int64_t written_ = 0;        ///< AAC frames in the muxer
  std::int64_t segment_ = 0;        ///< index of the segment being filled
  std::int64_t segment_start_ = 0;  ///< its first AAC frame
};

}  // namespace tongxing::media::pipeline
