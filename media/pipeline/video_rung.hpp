// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/av/encoder.hpp"
#include "media/av/scaler.hpp"
#include "media/pipeline/cascade.hpp"
#include "media/pipeline/ladder.hpp"
#include "media/pipeline/reporter.hpp"
#include "media/pipeline/resume.hpp"
#include "media/pipeline/segment_writer.hpp"
#include "media/pipeline/source.hpp"

#include <cstdint>
#include <deque>

namespace tongxing::media::pipeline {

/// One H.264 rendition: takes frames from its queue, scales them to its size, hands the result down to the
/// next smaller one, encodes and cuts. `run` is the body of its own thread; `queue` is filled by another.
class VideoRung {
 public:
  struct Settings {
    RungPlan plan;
    TimePlan time;
    Colour colour;
    int threads = 1;
    Finished finished{};  ///< by an earlier run: not encoded again
  };

  /// `below` is the next smaller rung, or null; it must outlive this one.
  VideoRung(const OutputFolder& package, const Settings& settings, VideoRung* below, Reporter& reporter);

  [[nodiscard]] CascadeQueue& queue() noexcept { return queue_; }
  [[nodiscard]] int stride() const noexcept { return settings_.plan.stride; }
  [[nodiscard]] const std::string& name() const noexcept { return settings_.plan.name; }

  /// The first segment is to be on disk as soon as its last picture came: the encoder, which looks ahead, is
  /// emptied at its end and begun anew. Before `run`.
  void hurry_first_segment() noexcept { hurry_ = settings_.time.segment_frames; }
  [[nodiscard]] const model::Rendition& so_far() const noexcept { return writer_.so_far(); }
  /// See SegmentWriter::listen; before `run`.
  void listen(std::function<void(const model::Rendition&)> listener) { writer_.listen(std::move(listener)); }
  /// Until the queue is closed and empty; gives what was made.
  [[nodiscard]] model::Rendition run();

 private:
  [[nodiscard]] av::Frame scaled(const av::Frame& picture);
  void offer(av::Frame picture, std::int64_t index);
  void encode_waiting(std::int64_t next);
  void begin_anew(std::int64_t border);
  void drain_packets();
  void write(av::Packet& packet);
  void end_segment(std::int64_t end);

  Settings settings_;
  VideoRung* below_;
  Reporter& reporter_;
  CascadeQueue queue_;
  av::Scaler scaler_;
  av::Encoder encoder_;
  SegmentWriter writer_;
  std::int64_t start_;   ///< first frame that is to be encoded: what is before it is finished
  std::int64_t needed_;  ///< first frame that this rung or a smaller one needs
  av::Frame last_in_;    ///< the picture that last_out_ was made of: one that stays is scaled once
  av::Frame last_out_;
  av::Frame waiting_;        ///< goes to the encoder when no later picture takes its place
  std::int64_t taken_ = -1;  ///< index of the picture taken last; what comes again is left out
  std::int64_t waiting_index_ = -1;
  std::int64_t encoded_;           ///< index of the frame given to the encoder last
  std::deque<std::int64_t> sent_;  ///< indexes of the frames inside the encoder, then those not yet written
  std::int64_t hurry_ = -1;        ///< border at which the encoder is begun anew; −1 nowhere
  std::int64_t emptied_ = -1;      ///< border up to which the encoder is being emptied; −1 it is not
  std::int64_t end_ = -1;          ///< frames of the whole; −1 unknown
  std::int64_t segment_start_;     ///< first frame of the segment being filled
};

}  // namespace tongxing::media::pipeline
