// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/package.hpp"
#include "media/pipeline/meeting_point.hpp"
#include "media/pipeline/output_folder.hpp"
#include "media/pipeline/reporter.hpp"

#include <cstdint>
#include <mutex>
#include <optional>

namespace tongxing::media::pipeline {

/// Lists the lowest rung and the main sound while everything is still being made: first.m3u8 appears with
/// the first segments of both, the two growing lists follow the segments. Safe from several threads.
class FirstPlayable {
 public:
  /// `bandwidth`: planned peak of both, bits a second.
  FirstPlayable(const OutputFolder& package, model::Milliseconds segment_duration, std::int64_t bandwidth,
                Reporter& reporter)
      : package_(package), segment_duration_(segment_duration), bandwidth_(bandwidth), reporter_(reporter) {}

  enum class Sound { comes, missing };
  /// Before the first segment: whether a sound is to be waited for. It may still turn out to be missing.
  void expect(Sound sound);
  /// `so_far` has one segment more than last time.
  void grown(const model::Rendition& so_far);
  void ended(const model::Rendition& whole);
  /// Until first.m3u8 is there; throws where `abandon` was called first.
  void wait() { static_cast<void>(there_.wait()); }
  void abandon() { there_.abandon(); }
  /// Takes the lists away again: the final ones come.
  void remove() const;

 private:
  struct Track {
    model::Rendition about;  ///< without its segments, once there is one
    bool listed = false;
  };
  [[nodiscard]] Track& track_of(const model::Rendition& rendition);
  void list(const model::Rendition& rendition, bool whole);
  void announce();

  const OutputFolder& package_;
  model::Milliseconds segment_duration_;
  std::int64_t bandwidth_;
  Reporter& reporter_;
  std::mutex mutex_;
  Track video_;
  Track audio_;
  Sound sound_ = Sound::missing;
  bool announced_ = false;
  MeetingPoint<bool> there_;
};

}  // namespace tongxing::media::pipeline
