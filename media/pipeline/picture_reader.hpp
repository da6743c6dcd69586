// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/av/filter_graph.hpp"
#include "media/pipeline/track_reader.hpp"

#include <cstdint>
#include <optional>

namespace tongxing::media::pipeline {

/// One video track as pictures that are upright and progressive, with their times on the output's line.
/// One thread at a time.
class PictureReader {
 public:
  PictureReader(TrackReader reader, const VideoTrack& track);

  /// The next picture; false at the end.
  [[nodiscard]] bool next(av::Frame& picture);
  /// When the picture given last is shown, in microseconds.
  [[nodiscard]] std::int64_t time_us() const noexcept { return time_us_; }
  [[nodiscard]] const TrackReader& track() const noexcept { return reader_; }

 private:
  TrackReader reader_;
  std::optional<av::FilterGraph> graph_;
  av::Frame decoded_;
  std::int64_t time_us_ = 0;
  bool ended_ = false;
};

}  // namespace tongxing::media::pipeline
