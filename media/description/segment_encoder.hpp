// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/description/aac_frames.hpp"
#include "media/pipeline/output_folder.hpp"
#include "media/pipeline/segment_writer.hpp"

#include <cstdint>
#include <deque>
#include <future>
#include <span>
#include <string>
#include <vector>

namespace tongxing::media::description {

/// Encodes one AAC rendition on several threads and writes its segments in order. The track is cut into runs
/// of segments, each encoded by an encoder of its own that has heard the half second before, so that nobody
/// hears the seams. Owner: one thread.
class SegmentEncoder {
 public:
  /// `borders`: first AAC frame of every segment, and the number of frames at the end; at least one segment.
  SegmentEncoder(const pipeline::OutputFolder& package, model::Rendition rendition,
                 std::vector<std::int64_t> borders, int threads);

  /// The next samples, as they are to be heard.
  void add(std::span<const float> samples);
  /// Adds silence or cuts to the length that the borders say.
  [[nodiscard]] model::Rendition finish();

 private:
  using Packets = std::vector<av::Packet>;
  static constexpr std::size_t kRun = 8;  ///< segments an encoder makes

  void send_run();
  void write_oldest();
  [[nodiscard]] std::int64_t run_end() const;  ///< sample behind the last that the next run needs

  std::vector<std::int64_t> borders_;
  std::size_t threads_;
  av::Encoder shape_;  ///< never encodes: the muxer asks it what the track is like
  pipeline::SegmentWriter writer_;
  std::vector<float> waiting_;
  std::int64_t first_sample_ = 0;  ///< of waiting_
  std::size_t next_ = 0;           ///< first segment of the next run
  std::deque<std::future<Packets>> running_;
  std::int64_t written_ = 0;  ///< frames
  std::size_t segment_ = 0;
};

/// Microseconds of so many samples at 48 kHz, rounded to nearest.
[[nodiscard]] std::int64_t samples_to_us(std::int64_t samples) noexcept;

}  // namespace tongxing::media::description
