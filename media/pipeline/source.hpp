// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/event.hpp"
#include "media/model/rational.hpp"
#include "media/pipeline/ladder.hpp"

#include <cstdint>
#include <optional>

namespace tongxing::media::pipeline {

/// How samples stand for colours: code points of ITU-T H.273.
struct Colour {
  int primaries = 1;
  int transfer = 1;
  int matrix = 1;
};

/// What a job needs to know about the chosen video track.
struct VideoTrack {
  int stream = -1;
  Size coded;
  Size shown;
  int quarter_turns = 0;  ///< clockwise, to be made by us
  bool interlaced = false;
  bool high_dynamic_range = false;  ///< PQ or HLG: must be brought to BT.709
  Colour colour;                    ///< where the source does not say: BT.709 from 720 lines on, BT.601 below
  model::Rational rate;             ///< average, as the container says; may be unknown
};

struct AudioTrack {
  int stream = -1;
  int number = 1;  ///< which of the sound tracks it is, from 1
  int tracks = 1;  ///< how many there are
};

/// One source file, looked into and found fit for work. A value.
struct SourceInfo {
  model::Probed report;
  std::optional<VideoTrack> video;
  std::optional<AudioTrack> audio;
  int streams = 0;               ///< of the container, used or not
  std::int64_t start_us = 0;     ///< the container's time that becomes 0
  std::int64_t declared_us = 0;  ///< length as the container says; 0 unknown
};

/// Limits that an instructor can act upon; over them the file is refused.
struct SourceLimits {
  std::chrono::hours duration{8};
  double frame_rate = 120;
  int sample_rate = 192'000;
  std::int64_t pixels = 4096LL * 2160LL;
};

/// Looks into an open file. Pictures attached to sound (covers) are not video.
/// Fails with errors.media.{empty, not_media, truncated, no_streams, unsupported_codec, too_long,
/// too_large_picture, too_fast, too_many_streams, sample_rate}.
[[nodiscard]] model::Outcome<SourceInfo> probe_source(int fd, const SourceLimits& limits = {});

}  // namespace tongxing::media::pipeline
