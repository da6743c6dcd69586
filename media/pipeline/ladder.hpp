// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/rational.hpp"

#include <string>
#include <vector>

/// Which renditions are made of a picture, from its size and rate alone. Pure.
namespace tongxing::media::pipeline {

struct Size {
  int width = 0;
  int height = 0;
  friend constexpr bool operator==(const Size&, const Size&) = default;
};

/// One H.264 rendition to be made.
struct RungPlan {
  std::string name;  ///< "v" + lines of the shorter side
  Size size;         ///< even, never larger than the source in either direction
  int crf = 23;
  int max_kbps = 0;  ///< cap; the buffer is as large, so that no 6 s segment runs far above it
  int stride = 1;    ///< every how many frames of the TimePlan one is encoded; divides its gop_frames
  std::string profile = "main";
};

/// How time is cut for all renditions: borders are the same in every rung.
struct TimePlan {
  model::Rational rate{25, 1};  ///< constant frame rate of the output
  int gop_frames = 50;          ///< about 2 s
  int segment_frames = 150;     ///< a whole number of groups of pictures, about 6 s
};

/// The picture as it is shown: pixels made square without enlarging either side, turned by a multiple of 90
/// degrees. `sar` is the width of a pixel over its height; unknown or absurd ones count as square.
[[nodiscard]] Size shown_size(Size coded, model::Rational sar, int quarter_turns) noexcept;

/// By rising height: at least three where the picture has 48 lines or more, at most six, the source's own
/// size last.
[[nodiscard]] std::vector<RungPlan> plan_ladder(Size shown);

/// The output's constant rate: a usual one that loses no picture up to 30 a second; half (a third …) of what
/// is above.
[[nodiscard]] model::Rational plan_rate(model::Rational source) noexcept;

[[nodiscard]] TimePlan plan_time(model::Rational source_rate, std::int64_t segment_ms) noexcept;

}  // namespace tongxing::media::pipeline
