// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/av/decoder.hpp"
#include "media/av/input.hpp"
#include "media/pipeline/source.hpp"

#include <cstdint>
#include <optional>

namespace tongxing::media::pipeline {

/// Reads one track of the source as decoded frames on the output's time line: 0 is SourceInfo::start_us,
/// jumps of more than ten seconds are closed where they go back, beyond the declared end, or in a format that
/// jumps. Opens the file anew, so several readers of one descriptor work side by side. One thread at a time.
class TrackReader {
 public:
  [[nodiscard]] static model::Outcome<TrackReader> open(int fd, const SourceInfo& source, int stream,
                                                        int threads);

  /// A reader at the start of what `used` has read, which ends with it. The index of a long MP4 is several
  /// megabytes and, while it is read, twice as many: where it can be, it is read once.
  [[nodiscard]] static model::Outcome<TrackReader> again(TrackReader used, int fd, const SourceInfo& source,
                                                         int stream, int threads);

  /// Goes to the key frame before a time of the output; false where that cannot be done. Only for a look:
  /// times of jumping formats are no longer right behind it.
  [[nodiscard]] bool seek(std::int64_t time_us);
  /// The next frame; false at the end. Damaged packets are skipped and counted.
  [[nodiscard]] bool next(av::Frame& frame);
  /// When the frame given last is shown, in microseconds of the output.
  [[nodiscard]] std::int64_t time_us() const noexcept { return time_us_; }
  /// How long it says that it lasts; 0 unknown.
  [[nodiscard]] std::int64_t duration_us() const noexcept { return duration_us_; }
  /// True where a frame came that is later than any source may be long; it was the last one given.
  [[nodiscard]] bool too_long() const noexcept { return too_long_; }
  /// Packets that were of no use.
  [[nodiscard]] std::int64_t damaged() const noexcept { return damaged_; }
  /// True where the container ended with an error instead of its end.
  [[nodiscard]] bool broken_end() const noexcept { return broken_end_; }

 private:
  static std::optional<TrackReader> open_alone(int fd, const SourceInfo& source, int stream, int threads);
  static model::Outcome<TrackReader> with_decoder(av::Input input, const SourceInfo& source, int stream,
                                                  int threads);
  TrackReader(av::Input input, av::Decoder decoder, int stream, const SourceInfo& source);
  [[nodiscard]] bool is_alone() const noexcept;
  void feed();
  [[nodiscard]] bool jumps(std::int64_t time_us) const;
  void close_jump(AVPacket& packet);
  void stamp(const av::Frame& frame);

  av::Input input_;
  av::Decoder decoder_;
  av::Packet packet_;
  int stream_;
  std::int64_t start_us_;
  std::int64_t declared_us_;
  std::int64_t jump_us_ = 0;                 ///< sum of the jumps that were closed
  std::optional<std::int64_t> expected_us_;  ///< where the next packet should be
  std::int64_t time_us_ = 0;
  std::int64_t duration_us_ = 0;
  bool first_ = true;
  std::int64_t damaged_ = 0;
  std::int64_t in_a_row_ = 0;
  bool broken_end_ = false;
  bool too_long_ = false;
};

}  // namespace tongxing::media::pipeline
