// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/av/filter_graph.hpp"
#include "media/pipeline/ladder.hpp"

namespace tongxing::media::pipeline {

/// Makes single small pictures of decoded ones, now and then: for seek bars, slides, posters. One thread.
class StillScaler {
 public:
  enum class Kind {
    jpeg,  ///< yuvj420p, full range, BT.601
    webp,  ///< yuv420p, limited range, BT.601
    gray   ///< one byte a pixel: to be looked at, not shown
  };

  StillScaler(Size size, Kind kind);
  [[nodiscard]] av::Frame scale(const av::Frame& picture);

 private:
  av::FilterGraph graph_;
  std::int64_t count_ = 0;
};

/// The largest even size of the shape of `shown` that fits into a square of `side` pixels, never larger than
/// `shown`.
[[nodiscard]] Size fit_into(Size shown, int side) noexcept;

}  // namespace tongxing::media::pipeline
