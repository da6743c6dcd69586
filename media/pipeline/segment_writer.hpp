// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/av/fragment_muxer.hpp"
#include "media/model/package.hpp"
#include "media/pipeline/output_folder.hpp"

#include <cstdint>
#include <functional>
#include <utility>

namespace tongxing::media::pipeline {

/// Writes one rendition's folder: init.mp4, then s0.m4s, s1.m4s … one fragment each. One thread at a time.
class SegmentWriter {
 public:
  /// `rendition` has its name, the segments that are finished already and everything that the encoder does
  /// not know; codecs is read from the init
  /// segment.
  /// `delay`: see av::FragmentMuxer.
  SegmentWriter(const OutputFolder& package, const av::Encoder& encoder, model::Rendition rendition,
                std::int64_t delay = 0);

  /// Called behind every segment, on the thread that ends it, with everything so far.
  void listen(std::function<void(const model::Rendition&)> listener) { listener_ = std::move(listener); }

  void write(av::Packet& packet);
  /// Ends the segment that holds everything written since the last call; `duration_us` is its exact length.
  void end_segment(std::int64_t duration_us);
  [[nodiscard]] const model::Rendition& so_far() const noexcept { return rendition_; }
  /// Makes the folder durable and gives the list of what was made.
  [[nodiscard]] model::Rendition finish();

 private:
  OutputFolder folder_;
  av::FragmentMuxer muxer_;
  model::Rendition rendition_;
  std::function<void(const model::Rendition&)> listener_;
};

}  // namespace tongxing::media::pipeline
