// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/flash/flash_analysis.hpp"
#include "media/av/filter_graph.hpp"
#include "media/model/facts.hpp"
#include "media/pipeline/cut_finder.hpp"
#include "media/pipeline/source.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace tongxing::media::pipeline {

/// Looks at every picture of a source for flashes and cuts, from the same decoding as the renditions. Of each
/// picture 192 × 108 pixels are read, nine to a cell: that costs the same for every size of source. What
/// shows the same as in the picture before costs no more than those. One thread.
class PictureFinder {
 public:
  explicit PictureFinder(const VideoTrack& track);

  /// The next picture, in the order of showing.
  void see(const av::Frame& picture, std::int64_t time_us);
  [[nodiscard]] model::PictureFacts finish() const;

  static constexpr int kColumns = 64;
  static constexpr int kRows = 36;
  static constexpr int kEach = 3;  ///< pixels of a cell's width and height

 private:
  [[nodiscard]] bool read(const av::Frame& small);
  [[nodiscard]] bool read_cell(const std::uint8_t* from, std::ptrdiff_t line, std::size_t row,
                               std::size_t column);
  void average(std::size_t row, std::size_t column);

  model::PictureFacts facts_;
  av::FilterGraph graph_;
  std::int64_t count_ = 0;
  std::array<float, 256> linear_{};
  std::vector<std::uint8_t> pixels_;  ///< RGBA, of the picture seen last
  std::vector<accessibility::FlashCell> cells_;
  std::vector<float> bright_;
  accessibility::FlashAnalysis flashes_;
  CutFinder cuts_;
};

/// 25 a second is 25'000; 0 where the rate is unknown.
[[nodiscard]] std::int64_t frames_per_1000_s(model::Rational rate);

}  // namespace tongxing::media::pipeline
