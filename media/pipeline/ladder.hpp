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

/// What the pictures are of, as far as the ladder goes by it.
enum class PictureKind {
  screen,     ///< slides, programs: stands still, text must stay sharp
  camera,     ///< people
  hand_work,  ///< hands that show something small: one more rung, where a 480th line would lose it
  sign        ///< a sign language interpreter: the frame rate must stay, the size may go
};

[[nodiscard]] std::string kind_name(PictureKind kind);

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
/// size last (a sign track: at most 640 × 480, at least two). `rate` is the output's: the smallest rung, and
/// the 360 lines of a screen, get every second frame of 20 or more a second.
[[nodiscard]] std::vector<RungPlan> plan_ladder(Size shown, PictureKind kind, model::Rational rate);

/// Threads for each encoder (same order as the plans), so that all of them together keep `cores` busy: by
/// size.
[[nodiscard]] std::vector<int> plan_threads(const std::vector<RungPlan>& plans, int cores);

/// Which rungs are not worth their bytes: one whose bytes are more than four fifths of those of the next
/// larger one, while more than three are left. `bytes` in the order of the plans. Indexes, rising.
[[nodiscard]] std::vector<std::size_t> plan_drops(const std::vector<std::int64_t>& bytes);

/// The output's constant rate: a usual one that loses no picture up to 30 a second; half (a third …) of what
/// is above.
[[nodiscard]] model::Rational plan_rate(model::Rational source) noexcept;

[[nodiscard]] TimePlan plan_time(model::Rational source_rate, std::int64_t segment_ms) noexcept;

}  // namespace tongxing::media::pipeline
