// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/av/resampler.hpp"
#include "media/pipeline/track_reader.hpp"

#include <cstdint>
#include <vector>

namespace tongxing::media::pipeline {

/// One sound track as an unbroken row of float samples, mono, 48 kHz, from the output's time 0 on: late
/// starts and gaps are filled with silence, overlaps are dropped. One thread at a time.
class PcmReader {
 public:
  explicit PcmReader(TrackReader reader) : reader_(std::move(reader)) {}

  /// Nothing behind so many samples is given.
  void end_at(std::int64_t samples) noexcept { limit_ = samples; }
  /// Replaces `block` by the next samples; false at the end.
  [[nodiscard]] bool next(std::vector<float>& block);
  /// Samples given so far.
  [[nodiscard]] std::int64_t position() const noexcept { return position_; }
  [[nodiscard]] const TrackReader& track() const noexcept { return reader_; }
  /// Gives the track back; this reader is of no more use.
  [[nodiscard]] TrackReader release() && { return std::move(reader_); }

 private:
  void place(std::int64_t time_us);

  TrackReader reader_;
  av::Resampler resampler_;
  av::Frame frame_;
  std::int64_t position_ = 0;
  std::int64_t limit_ = INT64_MAX;
  std::int64_t silence_ = 0;  ///< samples of silence to give first
  std::int64_t drop_ = 0;     ///< samples to leave out
  bool pending_ = false;      ///< frame_ waits behind the silence
  bool ended_ = false;
};

}  // namespace tongxing::media::pipeline
